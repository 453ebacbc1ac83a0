/** Whether a path belongs to version 2 of Frappe's REST API. */
export const isVersion2 = (path: string): boolean => path.startsWith('/api/v2/');
