import { type Answer, refusal } from './answer.ts';

// Codes and words as Resource Manager gives them.

export const noApiVersion = (): Answer =>
  refusal(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export const wrongApiVersion = (type: string, version: string, known: readonly string[]): Answer =>
  refusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for API version '${version}' for type '${type}'. The supported api-versions are '${known.join(', ')}'.`,
  );

export const wrongType = (type: string, namespace: string, version: string): Answer =>
  refusal(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported api-versions are ''.`,
  );

export const wrongNamespace = (namespace: string): Answer =>
  refusal(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);

export const noSuchPath = (path: string): Answer =>
  refusal(404, 'ResourceNotFound', `The requested resource '${path}' was not found.`);

export const noSubscription = (id: string): Answer =>
  refusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

export const wrongSubscription = (id: string): Answer =>
  refusal(400, 'InvalidSubscriptionId', `The provided subscription identifier '${id}' is malformed or invalid.`);

export const noGroup = (group: string): Answer =>
  refusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);

export const noResource = (type: string, name: string, group: string): Answer =>
  refusal(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const wrongParameter = (target: string): Answer =>
  refusal(400, 'InvalidParameter', `The value of parameter ${target} is invalid.`, { target });

export const mayNot = (action: string, scope: string): Answer =>
  refusal(
    403,
    'AuthorizationFailed',
    `The client 'relay' with object id 'relay' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

export const noToken = (reason: 'missing' | 'expired'): Answer => {
  const [code, message] =
    reason === 'missing'
      ? ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."]
      : ['InvalidAuthenticationToken', 'The access token is invalid.'];
  const challenge = `Bearer authorization_uri="https://login.windows.net/common", error="invalid_token", error_description="${message}"`;
  return refusal(401, code, message, { headers: { 'www-authenticate': challenge } });
};

/** Usual codes for statuses that come from nowhere in particular. */
export const CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'ExpiredAuthenticationToken',
  403: 'AuthorizationFailed',
  404: 'ResourceNotFound',
  408: 'RequestTimeout',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};
