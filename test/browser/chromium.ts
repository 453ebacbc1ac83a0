import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const NONE = `The browser tests need a Chromium, and there is none at ${PLACES.filter(Boolean).join(', ')}.
Get one with your system's packages (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium),
or say where one is: CHROMIUM=/path/to/chromium npm test`;

/** @throws Error that says how to get one where there is none */
export function launchChromium(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) throw new Error(NONE);
  // Containers run as root, where Chromium's own sandbox does not work, and have little shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
