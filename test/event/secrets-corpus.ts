/**
 * Forms of secrets, each with what must not be left of it, and what looks like one and is none. Values are put together
 * here, so that no scanner of repositories takes them for real ones.
 */

const LETTERS = 'aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cD';

/** So many letters and digits, never the same twice in a row. */
const fill = (length: number, from = LETTERS): string =>
  Array.from({ length }, (_, at) => from[(at * 7 + Math.floor(at / from.length)) % from.length]).join('');

const hex = (length: number): string => fill(length, '0f1e2d3c4b5a6978');
const digits = (length: number): string => fill(length, '4719283650');
const upper = (length: number): string => fill(length, 'A1B2C3D4E5F6G7H8J9K');
const lower32 = (length: number): string => fill(length, 'a2b3c4d5e6f7ghijk');

export const PLANTED = 'pl4ntedPl4ntedPl4nted';

const token = (name: string, prefix: string, secret: string, after = ''): readonly Form[] => [
  [`${name}, by itself`, prefix + secret + after, secret],
  [`${name}, in a sentence`, `push refused for ${prefix}${secret}${after}, sign in again`, secret],
];

type Form = readonly [name: string, text: string, secret: string];

const TOKENS: readonly Form[] = [
  token('a bot token of Slack', 'xoxb-', `${digits(12)}-${fill(24)}`),
  token('an app token of Slack', 'xapp-', `1-A${upper(10)}-${digits(13)}-${hex(64)}`),
  token('a rotating token of Slack', 'xoxe.xoxp-', `1-${fill(60)}`),
  token('a token of GitHub', 'ghp_', fill(36)),
  token('an installation token of GitHub', 'ghs_', fill(36)),
  token('a fine-grained token of GitHub', 'github_pat_', `${fill(22)}_${fill(59)}`),
  token('a token of GitLab', 'glpat-', fill(20)),
  token('a routable token of GitLab', 'glpat-', `${fill(27)}.01.${fill(9)}`),
  token('a runner token of GitLab', 'GR1348941', fill(20)),
  token('a token of npm', 'npm_', fill(36)),
  token('a secret of Standard Webhooks', 'whsec_', `${fill(42)}=`),
  token('a token of Azure DevOps', '', `${fill(76)}AZDO${fill(4)}`),
  token('an older token of Azure DevOps', '', lower32(52)),
  token('a token of HCP Terraform', '', `${fill(14)}.atlasv1.${fill(67)}`),
  token('a key of Octopus Deploy', 'API-', upper(26)),
  token('a service account token of Grafana', 'glsa_', `${fill(32)}_${hex(8)}`),
  token('a cloud token of Grafana', 'glc_', fill(60)),
  token('an older key of Grafana', '', `eyJrIjoi${fill(60)}`),
  token('a token of Vault', 'hvs.', fill(90)),
  token('a key of storage without its name', '', `${fill(86)}==`),
  token('a function key', '', `${fill(44)}AzFu${fill(5)}Q==`),
  token('a key of search', '', `${fill(42)}AzSe${fill(6)}`),
  token('a key of a registry', '', `${fill(42)}ACRA${fill(6)}`),
  token('a key that says it is of Azure', '', `${fill(52)}JQQJ99AKAC${fill(22)}`),
  token('a secret of Entra ID', '', `${fill(3)}8Q~${fill(34)}`),
  token('a key id of AWS', '', `AKIA${upper(16)}`),
  token('a key of Google', 'AIza', fill(35)),
  token('a client secret of Google', 'GOCSPX-', fill(28)),
  token('an access token of Google', 'ya29.', fill(60)),
  token('a live key of Stripe', 'sk_live_', fill(24)),
  token('a restricted key of Stripe', 'rk_test_', fill(24)),
  token('a project key of OpenAI', 'sk-proj-', fill(60)),
  token('a key of Anthropic', 'sk-ant-', `api03-${fill(60)}`),
  token('a key of SendGrid', 'SG.', `${fill(22)}.${fill(43)}`),
  token('a token of PyPI', 'pypi-', `AgEIcHlwaS5vcmc${fill(70)}`),
  token('a token of Docker', 'dckr_pat_', fill(27)),
  token('a token of DigitalOcean', 'dop_v1_', hex(64)),
  token('a token of Databricks', 'dapi', hex(32)),
  token('a key of New Relic', 'NRAK-', upper(27)),
  token('a key of Postman', 'PMAK-', `${hex(24)}-${hex(34)}`),
  token('a token of Hugging Face', 'hf_', fill(34, 'aBcDeFgHiJkLmNoP')),
  token('a key of Linear', 'lin_api_', fill(40)),
  token('a token of Notion', 'ntn_', fill(46)),
  token('a token of Shopify', 'shpat_', hex(32)),
  token('a token of Doppler', 'dp.pt.', fill(43)),
  token('a token of Pulumi', 'pul-', hex(40)),
  token('a token of Sentry', 'sntrys_', fill(60)),
  token('a token of Atlassian', 'ATATT3xFfGF0', fill(60)),
  token('an app password of Bitbucket', 'ATBB', fill(32)),
  token('a token of Dynatrace', 'dt0c01.', `${upper(24)}.${upper(64)}`),
  token('a token of Sonar', 'sqp_', hex(40)),
  token('a key of NuGet', 'oy2', lower32(43)),
  token('a key of age', 'AGE-SECRET-KEY-1', upper(58)),
  token('a bot token of Telegram', '', `${digits(10)}:AA${fill(33)}`),
  token('a signed token', '', `eyJhbGciOiJSUzI1NiJ9.${fill(30)}.${fill(43)}`),
  token('a token of Tailscale', 'tskey-auth-', fill(40)),
].flat();

const ADDRESSES: readonly Form[] = (
  [
    ['a webhook of Slack', 'https://hooks.slack.com/services/T0/B0/#'],
    ['a trigger of Slack', 'https://hooks.slack.com/triggers/T0/7/#'],
    ['a webhook of Slack in JSON', '{"url":"https:\\/\\/hooks.slack.com\\/services\\/T0\\/B0\\/#"}'],
    [
      'a webhook of Slack in an address',
      'https://x.example.com/?to=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0%2FB0%2F#',
    ],
    ['a webhook of Discord', 'https://discord.com/api/webhooks/123456/#'],
    ['an older webhook of Teams', 'https://contoso.webhook.office.com/webhookb2/a1@b2/IncomingWebhook/#/c3'],
    ['a bot of Telegram', 'https://api.telegram.org/bot1234:#/sendMessage'],
    ['an integration of PagerDuty', 'https://events.pagerduty.com/integration/#/enqueue'],
    [
      'a flow',
      'https://prod-1.westeurope.logic.azure.com/workflows/a/triggers/manual/paths/invoke?sp=%2Ftriggers&sv=1.0&sig=#',
    ],
    ['a user delegation', 'https://acc.blob.core.windows.net/c/b?sp=r&se=2026-12-01&sr=b&sig=#%3D'],
    ['a signature at the beginning', 'sig=#'],
    ['a signature in a sentence', 'the parameters were se=2026 sig=#%2B'],
    ['a function key', 'https://relay.azurewebsites.net/api/webhook/custom?code=#=='],
    ['a private token of GitLab', 'https://gitlab.example.com/api/v4/projects?private_token=#'],
    ['a job token', 'https://gitlab.example.com/a?job_token=#'],
    ['an access token', 'https://example.com/a#access_token=#'],
    ['an id token', 'https://example.com/cb?state=1&id_token=#'],
    ['a token of sign-in', 'https://example.com/a?auth_token=#'],
    ['a jwt', 'https://example.com/a?jwt=#'],
    ['a client secret', 'https://example.com/oauth?client_secret=#&x=1'],
    ['an API key', 'https://example.com/a?apiKey=#'],
    ['a key', 'https://maps.example.com/api?key=#'],
    ['a signature of AWS', 'https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=#'],
    ['an address that is escaped', 'redirect=https%3A%2F%2Fx%3Fsig%3D#%26b'],
    ['an address in HTML', '<a href="https://x.example.com/?a=1&amp;sig=#">'],
    ['a password in an address', 'amqps://relay:#@bus.example.com/'],
    ['a password with a slash in an address', 'postgres://relay:a/#@db.example.com:5432/x'],
    ['a token in an address', 'git clone https://#abc@dev.azure.com/x'],
    ['a token before the host', 'https://x-access-token:#@github.com/a/b.git'],
    ['a hook of Mattermost', `https://chat.example.com/hooks/${lower32(26)}`],
  ] as const
).map(([name, text]) => [
  name,
  text.includes('#access') ? text.replace(/#$/, PLANTED) : text.replace('#', PLANTED),
  text.includes('/hooks/') && !text.includes('slack') ? lower32(26) : PLANTED,
]);

/** How a value follows a name. */
const WRITTEN: Readonly<Record<string, string>> = {
  'a variable': 'export DB_PASSWORD=#',
  'a variable with spaces': 'DB_PASSWORD = #',
  'a variable of Windows': 'set DB_PASSWORD=#',
  'a variable of PowerShell': "$env:DB_PASSWORD = '#'",
  HCL: 'db_password = "#"',
  'HCL in a block': 'variable "x" {\n  admin_password   = "#"\n}',
  '.ini': '[db]\npassword = #\nuser = x',
  YAML: 'db:\n  password: #\n  user: x',
  'YAML in quotes': "password: '#'",
  'YAML in a list': '- password: "#"',
  JSON: '{"password": "#", "id": 7}',
  'JSON of a number': '{"password": 48151623}',
  'JSON in JSON': '"{\\"token\\":\\"#\\"}"',
  'JSON twice in JSON': '"\\"{\\\\\\"token\\\\\\":\\\\\\"#\\\\\\"}\\""',
  'quotes inside quotes': '{"password": "a\\"#"}',
  'a quote of another kind inside': `password="it's #"`,
  "Azure autoscale's headers": '"headers": "\\"Authorization\\", \\"#\\""',
  'a parameter of a template': '{"adminPassword": {"value": "#"}}',
  'a variable of a container': '{"name": "DB_PASSWORD", "value": "#"}',
  'a setting of .NET': '<add key="ApiKey" value="#" />',
  XML: '<password>#</password>',
  'a connection string': 'Server=tcp:x;Database=y;User ID=z;Password=#;Encrypt=True',
  'a connection string of storage': 'AccountName=x;AccountKey=#==;EndpointSuffix=core.windows.net',
  'a connection string of a bus': 'Endpoint=sb://x/;SharedAccessKeyName=a;SharedAccessKey=#=',
  'a command line': 'az login --service-principal -u x --password # --tenant y',
  'a command line with =': 'terraform apply --client-secret=# -auto-approve',
  'a command line with quotes': 'az storage blob list --account-key "#"',
  'a header': 'X-Api-Key: #',
  'a header without digits': 'x-api-key: secretsecretsecret',
  'a header of curl': `curl -H 'Authorization: Bearer #' https://x`,
  'a header of Basic': `Authorization: Basic ${Buffer.from(`relay:${PLANTED}`).toString('base64')}`,
  'a header of an own scheme': 'Authorization: GenieKey #',
  'a header of functions': 'x-functions-key: #',
  'a header of API Management': 'Ocp-Apim-Subscription-Key: #',
  'a header of GitLab': 'X-Gitlab-Token: #',
  'a cookie': 'Cookie: session=#; theme=dark',
  'a cookie that is set': 'Set-Cookie: sid=#; HttpOnly',
  SQL: "ALTER USER relay WITH PASSWORD '#'",
  'SQL of Oracle': "CREATE USER relay IDENTIFIED BY '#'",
  Ruby: 'password => "#"',
  'a call': 'login(password="#")',
  Go: 'password := "#"',
  Korean: '비밀번호: #',
  Czech: 'heslo: #',
  Vietnamese: 'mật khẩu: #',
  German: 'Passwort: #',
  Japanese: 'パスワード：#',
  Russian: 'пароль = #',
  'letters of another width': 'ｐａｓｓｗｏｒｄ＝#',
  'a sign that nobody sees': 'pass\u200bword=#',
  'a soft hyphen': 'tok\u00aden=#',
  'a variable of Kubernetes': '- name: DB_PASSWORD\n  value: #',
  'a value that begins as a path does': 'AccountKey=/#==',
  'many blanks': '  admin_password              = "#"',
  'a password that is called pass': 'smtp_pass: "#"',
  'an access of PHP': "$_ENV['password'] = '#'",
  'a variable of Python': 'os.environ["DB_PASSWORD"] = "#"',
  'a literal of T-SQL': "ALTER LOGIN sa WITH PASSWORD = N'#'",
  'a list': '{"password":["#"]}',
  'a long name': 'DB_PASSWORD_FOR_THE_ORDERS_DATABASE_IN_PRODUCTION_KOREA=#',
  'a short option of curl': 'curl -u relay:# https://x.example.com',
  'a password of sshpass': 'sshpass -p # ssh x',
  'a password of MySQL': 'mysql -u root -p#',
  'a login of Docker': 'docker login -u x -p #',
  '.netrc': 'machine x.example.com login bob password #',
  'a parameter of PowerShell': 'New-Login -Password #',
  'a password of Rails in an address': 'https://x.example.com/?user[password]=#',
  'a block of YAML': 'db:\n  password: |\n    #\n  user: x',
  'a folded block of YAML': 'password: >-\n  first\n  #\nuser: x',
  'a tag of YAML': 'password: !!str #',
  'a tag of Ansible': 'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  #',
  'an anchor of YAML': 'password: &db #',
  'a list of YAML': 'token:\n  - #',
  'a constant of TypeScript': 'const apiKey: string = "#";',
  'a field of TypeScript': "private readonly clientSecret: string | undefined = '#';",
  'a variable of Kotlin': 'val password: String = "#"',
  'a variable of Rust': 'let api_key: &str = "#";',
  'a variable of Python with a type': 'password: Optional[str] = "#"',
  'a variable of Swift': 'let token: String? = "#"',
  'a variable of Go': 'var password string = "#"',
  'an array of C': 'char password[] = "#";',
  'a variable of T-SQL': "DECLARE @password NVARCHAR(50) = '#'",
  'a parameter of Bicep': "param adminPassword string = '#'",
  'a row of a table': '| password | # |',
  'a row of a table in code': '| `DB_PASSWORD` | `#` |',
  'a column of a table': '| user | password |\n|------|----------|\n| relay | # |',
  'a column of a table, behind a line without a heading': '|---|---|\n| user | password |\n|---|---|\n| relay | # |',
  'a table with lines': '│ password │ # │',
  'a table of HTML': '<tr><th>password</th>\n<td>#</td></tr>',
  'a table in columns': 'NAME          VALUE\nDB_PASSWORD   #\nDB_USER       relay',
  'a table with tabs': 'DB_PASSWORD\t#',
  'Markdown in bold': '**Password:** #',
  'Markdown in code': '`password`: `#`',
  'a header of Digest': 'Authorization: Digest username="relay", realm="x", uri="/", response="#", opaque="y"',
  'a header of AWS':
    'Authorization: AWS4-HMAC-SHA256 Credential=a/20261130/s3, SignedHeaders=host;x-amz-date, Signature=#',
  'a header of AWS in JSON': '"Authorization": "AWS4-HMAC-SHA256 Credential=a/20261130/s3, Signature=#"',
  'a header of Azure': 'Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=#',
  'a header of OAuth 1': 'Authorization: OAuth oauth_consumer_key="a", oauth_signature="#"',
  'a header of Hawk': 'Authorization: Hawk id="dh37", ts="1353832234", nonce="j4", mac="#"',
  'a header of a scheme that nobody knows': 'Authorization: Sesame #',
  'percent signs': 'user%3Drelay%26password%3D#%26x%3D1',
  'percent signs twice': 'password%253D#',
  'percent signs and JSON': '%7B%22password%22%3A%22#%22%7D',
  'entities of HTML': '{&quot;password&quot;:&quot;#&quot;}',
  'entities of XML': '&lt;password&gt;#&lt;/password&gt;',
  'entities twice': 'password=&amp;quot;#&amp;quot;',
  'entities that stand for no sign of ours': 'a&nbsp;b password&equals;#',
  'escapes of JSON': '\\u0022password\\u0022:\\u0022#\\u0022',
  'letters of Cyrillic': 'pаsswоrd=#',
  'letters of Greek': 'pαsswοrd: #',
  'an i without its dot': 'apıKey=#',
  'a bearer token': 'sent Bearer # to it',
  'a bearer token without digits': `sent Bearer ${'abcdefgh'.repeat(5)} to it`,
};

const NAMES =
  'password passwd passphrase pwd dbPassword DB_PASSWORD db-password admin_password secret clientSecret client_secret AZURE_CLIENT_SECRET secretAccessKey AWS_SECRET_ACCESS_KEY token access_token refreshToken id_token GITHUB_TOKEN apiToken apiKey api_key X-API-Key x-functions-key functionsKey masterKey accountKey storage_account_key accessKey sharedAccessKey SharedAccessSignature subscription-key instrumentationKey privateKey signingKey encryptionKey connectionString authorization proxy-authorization cookie set-cookie credential credentials jwt webhookSecret deployKey licenseKey 비밀번호 heslo'.split(
    ' ',
  );

const BLOCKS: readonly Form[] = [
  ['RSA PRIVATE KEY', '-----'],
  ['PRIVATE KEY', '-----'],
  ['EC PRIVATE KEY', '-----'],
  ['OPENSSH PRIVATE KEY', '-----'],
  ['ENCRYPTED PRIVATE KEY', '-----'],
  ['PGP PRIVATE KEY BLOCK', '-----'],
  ['SSH2 ENCRYPTED PRIVATE KEY', '---- '],
].map(([kind = '', dashes = '']) => {
  const back = [...dashes].reverse().join('');
  return [`a ${kind}`, `${dashes}BEGIN ${kind}${back}\n\n${PLANTED}\n${dashes}END ${kind}${back}`, PLANTED];
});

const SECRET_OF: Readonly<Record<string, string>> = {
  'JSON of a number': '48151623',
  'a header without digits': 'secretsecretsecret',
  'a header of Basic': Buffer.from(`relay:${PLANTED}`).toString('base64'),
  'a bearer token without digits': 'abcdefgh'.repeat(5),
};

export const FORMS: readonly Form[] = [
  ...TOKENS,
  ...ADDRESSES,
  ...Object.entries(WRITTEN).map(
    ([name, text]): Form => [name, text.replace('#', PLANTED), SECRET_OF[name] ?? PLANTED],
  ),
  ...NAMES.map((name): Form => [`${name} in JSON`, JSON.stringify({ [name]: PLANTED }), PLANTED]),
  ...NAMES.map((name): Form => [`${name} in YAML`, `${name}: correcthorsebatterystaple`, 'correcthorsebatterystaple']),
  ...BLOCKS,
];

/** Names of properties whose values nobody may read. */
export const SECRET_NAMES: readonly string[] = [
  ...NAMES,
  'headers',
  'sig',
  'signature',
  'auth',
  'pat',
  'vault_secret_id',
];

const SENTENCES = `
The access token expired; refresh it with az login.
token: expired
{"reason":"invalid_token","eventId":"a1"}
["password","user name"]
token: invalid audience
Token validation failed: audience is wrong
Invalid token: signature does not match
password: expected text
password: required
Password reset requested by ops
The password policy of the domain changed
passwordPolicy=strict
password_expires: 90
secretName=orders-tls
secret "orders-tls" not found
MountVolume.SetUp failed for volume "certs": secret not found
Secret rotation finished for 12 secrets
secretRef: orders
tokens: 1200
max_tokens=4096
token_type=bearer
tokenCount: 12
token bucket is empty
12 tokens left
keyVault: kv-shop-prod
key=value pairs are kept
partitionKey: id
key: orders
monkey=7
keys=3
hockey: 3 of 5
author: kim
authors=7
authority: login.microsoftonline.com
authentication: required
Basic authentication is missing
a basic plan, a bearer token
AuthorizationFailed: The client has no authorization to perform action
Authorization: required
authorization: denied
authorization policy applied
Set the --password option to log in
use --token to sign in
--secret is required
cookie: disabled
cookies are required
credentials: missing
Credential is missing or expired
sig
signature: valid
signature does not match
passed: 12, failed: 3
pass: 12
bypass=true
compass: north
passenger=3
The pass rate is 99 %
pwd
$PASSWORD is not set
password=$PASSWORD
password: \${{ secrets.DB_PASSWORD }}
token: \${TOKEN}
password=***
token: ***
"password": "***"
"token": 7,
{"tokens": 12}
{"tokenType": "Bearer"}
connection string is missing
x-functions-key is missing
api key is missing
API version 2024-11-01 is not known
API-Management: 3 calls
code=3 of 4
exit code=137
status code: 502
code: InternalServerError
statusCode=409 conflict
ssh://git@github.com/x
git@github.com:contoso/shop.git
http://localhost:8080/a@v1
https://example.com:8443/path@2.1
https://registry.example.com/@scope/name
npm_lifecycle_event
npm_config_registry
npm_package_version=1.2.3
ghp_short
sk-SK
sk-learn==1.2.3
hf_hub
glsa
hvs.
SG.rule
oy2
pul-request
pypi-server started
docker pull ghcr.io/contoso/shop@sha256:9f3c1ab2d4e5f60718293a4b5c6d7e8f9f3c1ab2d4e5f60718293a4b5c6d7e8f
image sha256:9f3c1ab2d4e5f60718293a4b5c6d7e8f9f3c1ab2d4e5f60718293a4b5c6d7e8f is gone
commit 9f3c1ab2d4e5f60718293a4b5c6d7e8f90a1b2c3
Merge pull request #1834 from contoso/feature/token-refresh
fix(auth): refresh token before it expires
feat: rotate secrets every 90 days
chore(deps): bump jsonwebtoken from 9.0.0 to 9.0.2
docs: say what a secret is
Bump secret-manager to 2.1.0
deploy/key-rotation
release/2026.11-password-reset
at 2026-11-20T14:05:09Z
2026-11-20 14:05:09.123 INFO o.a.k.c.Fetcher - session=12
Percentage CPU > 80 for 5 min (value 91.4)
/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop-prod/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web
/subscriptions/a1/resourceGroups/secrets-rg/providers/Microsoft.KeyVault/vaults/kv-shop/secrets
https://portal.azure.com/#resource/subscriptions/a1?tab=overview
https://kv-shop.vault.azure.net/secrets/db
https://github.com/contoso/shop/actions/runs/1234567890
https://grafana.example.com/alerting/grafana/abc/view?orgId=1
https://example.com/?page=2&sort=asc&state=open
https://example.com/search?q=password+reset
https://example.com/docs/tokens#rotate
kim.minji@contoso.com
user=kim id=42
replicas=3 desired=5
memory=512Mi cpu=250m
Standard_D2s_v5
v2.41.0-rc.1+build.7
20261120.3
eyJ
eyJhbG
00000000-0000-0000-0000-000000000000
arn:aws:iam::123456789012:role/deploy
OOMKilled: container exceeded 512 MiB
Back-off restarting failed container orders-api in pod orders-api-6c9f5-x2x2x
The quota of cores in Korea Central is reached: limit 100, used 98
Error: Process completed with exit code 1.
npm ERR! code E401
npm ERR! Unable to authenticate, need: Basic realm="x"
WWW-Authenticate: Bearer realm="x"
Bearer authentication is off
bearer tokens are refused
The bearer is not known
The secret of good deployments is small steps
secret: a name is expected
The token is not valid before 10:00
Tokens per second: 12.4
비밀번호 재설정이 필요합니다
토큰이 만료되었습니다
암호 정책 변경
heslo vypršelo
Heslo: chybí
mật khẩu đã hết hạn
배포 실패: 이미지가 없습니다
secret: name-of-secret
secret: orders-tls
existingSecret: db-credentials
imagePullSecrets:\n- name: regcred
secretKeyRef:\n  name: db\n  key: password
unexpected token: identifier
Parse error: unexpected token: EOF
SyntaxError: Unexpected token: punc (})
Unexpected token < in JSON at position 0
signing key: RS256
signingKey: ES512
encryption key: AES256
host key: ssh-ed25519
Authorization: Digest
token: string | undefined
const token: string = getToken()
apiKey: string;
password: optional string
password:\n  type: string\n  format: password
secret:\n  create: true
token:\n  - required
| password | required |
| Token | Description |
| token | type |\n|---|---|\n| bearer | x |
<td>password</td><td>required</td>
**Password:** see vault
password: !Ref Password
token  2026-11-20T14:05:09Z
NAME                  TYPE                                  DATA   AGE\ndefault-token-x2x2x   kubernetes.io/service-account-token   3      412d
db-secret   Opaque   2   5d12h
secret/db-credentials-6c9f5   created
rotate-secret-28391040   0/1   10m23s
?q=password%20reset&x=1
filter=token%3Aexpired
&quot;password&quot; is required
a&amp;b password policy
нагрузка CPU 90%
sha512-integrity
A1B2C3D4
ABCDEFGHIJKLMNOPQRSTUVWXYZ
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
1234567890
#1834
3 → 6
90 %
=
a&b
{}
`
  .split('\n')
  .filter((each) => each !== '');

const ABOUT = ['Count', 'Type', 'Expiry', '_name', '_policy', '-version', '_url', 'Length', '_age', 'Status'];

const HARMLESS_PAIRS: readonly (readonly [name: string, value: string])[] = [
  ...['password', 'token', 'secret', 'apiKey', 'credential', 'clientSecret', 'accessKey'].flatMap((name) =>
    ABOUT.map((about) => [name + about, 'plain'] as const),
  ),
  ...'author key keys code id monkey passed passRate region tier owner team cluster namespace pod keyVault partitionKey resource authority authMode tokenizer secretary compassHeading bypass passenger hash commit branch version sku zone node job instance severity alertname metric unit threshold count state'
    .split(' ')
    .map((name) => [name, 'a1'] as const),
];

const ids = Array.from({ length: 140 }, (_, at) => {
  const seed = hex(64 + at).slice(at);
  return (
    [
      seed.slice(0, 40),
      `${seed.slice(0, 8)}-${seed.slice(8, 12)}-4${seed.slice(13, 16)}-8${seed.slice(17, 20)}-${seed.slice(20, 32)}`,
      `sha256:${seed.slice(0, 64)}`,
      `https://dev.azure.com/contoso/shop/_build/results?buildId=${at}&view=logs`,
      `orders-api-${seed.slice(0, 10)}-${seed.slice(10, 15)}`,
    ][at % 5] ?? ''
  );
});

/** Texts that nobody may touch, and pairs. */
export const HARMLESS: readonly string[] = [
  ...SENTENCES,
  ...ids,
  ...HARMLESS_PAIRS.map(([name, value]) => `${name}=${value}`),
];
export { HARMLESS_PAIRS };
