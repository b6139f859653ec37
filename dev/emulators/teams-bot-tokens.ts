import type { DoubleAnswer, DoubleRequest } from './answer.ts';

const SCOPES = ['https://api.botframework.com/.default', 'https://api.botframework.us/.default'];

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

const TOKEN_SECONDS = 3_599;

/** Who gives tokens to apps, and knows them again. `apps`: by id, their secret; without them, any. */
export class BotTokens {
  apps: Readonly<Record<string, string>> | undefined;
  readonly #given = new Map<string, { readonly app: string; readonly until: number }>();
  #count = 0;

  /** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
  answer({ contentType = '', body }: DoubleRequest, now: number): DoubleAnswer {
    if (!contentType.startsWith('application/x-www-form-urlencoded'))
      return refused(400, 'invalid_request', 'AADSTS900144');
    const { grant_type, client_id = '', client_secret, scope = '' } = Object.fromEntries(new URLSearchParams(body));
    if (grant_type !== 'client_credentials') return refused(400, 'unsupported_grant_type', 'AADSTS70003');
    if (!SCOPES.includes(scope)) return refused(400, 'invalid_scope', 'AADSTS1002012');
    const wanted = this.apps === undefined ? client_secret : this.apps[client_id];
    if (wanted === undefined) return refused(401, 'unauthorized_client', 'AADSTS700016');
    if (!client_secret || client_secret !== wanted) return refused(401, 'invalid_client', 'AADSTS7000215');
    this.#count += 1;
    const token = `double.${this.#count}.${now}`;
    this.#given.set(token, { app: `28:${client_id}`, until: now + TOKEN_SECONDS * 1_000 });
    const told = {
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      ext_expires_in: TOKEN_SECONDS,
      access_token: token,
    };
    return { status: 200, body: JSON.stringify(told), headers: JSON_HEADERS, happened: { kind: 'asked' } };
  }

  /** As which bot an Authorization calls; undefined where it may not. */
  holder(authorization: string, now: number): string | undefined {
    const given = this.#given.get(/^Bearer (\S+)$/.exec(authorization)?.[1] ?? '');
    return given === undefined || now > given.until ? undefined : given.app;
  }

  /** As if all were taken back. */
  revoke(): void {
    this.#given.clear();
  }
}

const refused = (status: number, error: string, code: string): DoubleAnswer => ({
  status,
  body: JSON.stringify({ error, error_description: `${code}: refused by a double.` }),
  reason: `${error}: ${code}`,
  headers: JSON_HEADERS,
  happened: { kind: 'asked' },
});
