import type { JsonDocument } from '../../core/kernel/json-text.ts';
import type { Principal } from '../../core/model/api-key.ts';
import type { ApiFunction, OperationId, ROUTES } from '../../core/routes.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';

type Routes = typeof ROUTES;

/** The ids of a function's operations. */
export type OperationOf<Name extends ApiFunction> = {
  [Id in OperationId]: Routes[Id]['function'] extends Name ? Id : never;
}[OperationId];

/** The functions whose routes are all open. */
export type OpenFunction = {
  [Name in ApiFunction]: Routes[OperationOf<Name>]['scope'] extends 'open' ? Name : never;
}[ApiFunction];

/** `'/v1/projects/{project}/keys/{id}'` → `'project' | 'id'` */
type ParameterOf<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** A request before its body is read, with the parameters and the principal that its route's row implies. */
type UnreadRequest<Row> = Omit<ApiRequest, 'path' | 'principal' | 'json'> & {
  readonly path: Readonly<
    Record<
      Row extends { key: string } ? never : Row extends { path: infer Path } ? ParameterOf<Path> : never,
      string
    >
  >;
} & (Row extends { scope: 'open' } ? unknown : { readonly principal: Principal });

type Request<Row> = UnreadRequest<Row> &
  (Row extends { body: string } ? { readonly json: JsonDocument } : unknown);

/** A handler whose check runs before the body is read, so that its errors take precedence. See {@link beforeBody}. */
export interface CheckedRun<Unread, Read> {
  readonly check: (request: Unread) => Promise<unknown>;
  readonly run: (request: Read, checked: never) => Promise<ApiAnswer>;
}

/** Return a handler that runs a check before its body is read, and gets the result of the check. */
export const beforeBody = <Unread, Read, Checked>(
  check: (request: Unread) => Promise<Checked>,
  run: (request: Read, checked: Checked) => Promise<ApiAnswer>,
): CheckedRun<Unread, Read> => ({ check, run });

type Handler<Row> =
  | ((request: Request<Row>) => Promise<ApiAnswer>)
  | CheckedRun<UnreadRequest<Row>, Request<Row>>;

/** One handler for each operation of a function. */
export type Handlers<Name extends ApiFunction> = {
  readonly [Id in OperationOf<Name>]: Handler<Routes[Id]>;
};
