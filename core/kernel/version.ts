/** Of `package.json`, which no bundle should have to carry; a test holds them equal. */
export const VERSION = '0.1.0';
