import { errorResponse } from '../../core/dialects/frappe/errors.ts';
import type { FailureForm } from './failures.ts';

/** Return an exception in the form of Frappe's REST API. */
export const frappeException: FailureForm = ({ cause, status, detail, allowedMethods, ...request }) => {
  const { status: statusCode, body } = errorResponse(cause, status, detail, request);
  const headers = {
    'content-type': 'application/json',
    ...(statusCode === 401 && { 'www-authenticate': 'token' }),
    ...(allowedMethods !== null && { allow: allowedMethods.join(', ') }),
  };
  return { statusCode, headers, body: JSON.stringify(body) };
};
