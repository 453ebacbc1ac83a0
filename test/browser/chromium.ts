import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const NONE = `The browser tests need Chromium, which is not at ${PLACES.filter(Boolean).join(', ')}.
Install it with your system's package manager (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium),
or set its path: CHROMIUM=/path/to/chromium npm test`;

/** Launch the system's Chromium. @throws Error with instructions if there is none */
export function launchChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) throw new Error(NONE);
  // Containers often run as root, for which Chromium's sandbox does not start, and have little shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
