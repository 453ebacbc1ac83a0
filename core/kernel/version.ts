/** The version in `package.json`, which no bundle should have to carry. A test keeps the two equal. */
export const VERSION = '0.1.0';
