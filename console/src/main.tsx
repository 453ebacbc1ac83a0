import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './theme/theme.ts';
import './styles/index.css';

applyTheme(storedTheme());

const root = document.getElementById('root');
if (root === null) throw new Error('The document has no #root.');
// biome-ignore lint/suspicious/noConsole: what an error boundary catches is on the page; its stack is for those who look for the cause.
createRoot(root, { onCaughtError: (error) => console.warn(error) }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
