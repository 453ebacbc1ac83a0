import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './theme/theme.ts';
import './styles/index.css';

// After a deployment the parts of the app have other names: an app that is open from before starts anew.
addEventListener('vite:preloadError', () => location.reload());

applyTheme(storedTheme());

const root = document.getElementById('root');
if (root === null) throw new Error('The document has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
