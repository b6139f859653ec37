// A letter or digit that belongs to an escape before it is no part of a word: `%20ghp_…`, `\\nghp_…`, `\\u0022ghp_…`.
const EDGE = '(?:(?<![A-Za-z\\d])|(?<=%[\\dA-Fa-f]{2}|\\\\[nrt]|\\\\u00[\\dA-Fa-f]{2}))';

/**
 * Forms that are a secret wherever they stand. Facts from the vendors' pages and from the published rules of gitleaks
 * (https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml). Each with letters that it cannot lack, which are
 * looked for first; the first group is what a reader may keep, to know what was there.
 */
const FORMS: readonly (readonly [has: string, form: RegExp])[] = (
  [
    ['xox', '(xox[a-z](?:\\.xox[a-z])?-)[\\w-]{6,}'],
    ['xapp-', '(xapp-)[\\w-]{6,}'],
    // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats
    ['gh', '(gh[pousr]_)[\\w.-]{10,}'],
    ['github_pat_', '(github_pat_)\\w{10,}'],
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    ['gl', '(gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|wt)-)[\\w.-]{10,}'],
    ['GR1348941', '(GR1348941)[\\w-]{20}'],
    ['npm_', '(npm_)[A-Za-z\\d]{20,}'],
    ['hf_', '(hf_)[A-Za-z\\d]{20,}'],
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    ['wh', '(whsec_|whsk_)[A-Za-z\\d+/=_-]{6,}'],
    // https://learn.microsoft.com/azure/devops/release-notes/2024/general/sprint-241-update: 84 letters, AZDO at the 77th.
    ['AZDO', '()[A-Za-z\\d]{76}AZDO[A-Za-z\\d]{4}'],
    ['', '()(?=[a-z]{0,51}[2-7])[a-z2-7]{52}(?![\\w=-])'],
    ['.atlasv1.', '()[A-Za-z\\d]{14}\\.atlasv1\\.[\\w=-]{20,}'],
    ['API-', '(API-)(?=[A-Z]{0,40}\\d)[A-Z\\d]{25,40}(?![\\w-])'],
    ['gl', '(gls?[ac]_)[\\w+/=]{20,}'],
    ['eyJrIjoi', '()eyJrIjoi[\\w+/=-]{30,}'],
    ['hv', '(hv[sbr]\\.)[\\w-]{20,}'],
    // Azure's keys: of 64 bytes, or with the sign of their service and a checksum. A hash of npm has the first form too.
    ['==', '()(?<!sha512-)[A-Za-z\\d+/]{86}=='],
    [
      'A',
      '()(?<![+/_-])[\\w+/-]{30,60}(?:AzFu|AzSe|AzCa|AzEg|AZEG|AIoT|APIM|ACDb|ACR[A-D]|\\+A(?:St|Ba|MC|Rm|Eh|Sb|Cr))[\\w+/-]{4,12}(?:==?|(?![\\w+/=-]))',
    ],
    ['JQQJ9', '()[A-Za-z\\d]{52}JQQJ9[A-Za-z\\d]{20,}={0,2}'],
    ['Q~', '()[\\w~.-]{3}\\dQ~[\\w~.-]{31,34}'],
    ['A', '()(?:A3T[A-Z\\d]|AKIA|ASIA|ABIA|ACCA)[A-Z\\d]{16}(?![\\w-])'],
    ['AIza', '(AIza)[\\w-]{20,}'],
    ['GOCSPX-', '(GOCSPX-)[\\w-]{20,}'],
    ['ya29.', '(ya29\\.)[\\w-]{20,}'],
    ['k_', '([sr]k_(?:org_)?(?:live|test|prod)_)[A-Za-z\\d]{10,}'],
    ['sk-', '(sk-(?:proj|ant|svcacct|or|admin)-)[\\w-]{20,}'],
    ['sk-', '(sk-)(?=[A-Za-z]{0,60}\\d)[A-Za-z\\d]{20,}'],
    ['SG.', '(SG\\.)[\\w-]{15,}\\.[\\w-]{15,}'],
    ['pypi-', '(pypi-)[\\w-]{50,}'],
    ['at_', '(dckr_[po]at_)[\\w-]{20,}'],
    ['figd_', '(figd_)[\\w-]{20,}'],
    ['tskey-', '(tskey-(?:auth|api|client)-)[\\w-]{20,}'],
    ['CCIPAT_', '(CCIPAT_)\\w{20,}'],
    ['bku', '(bku[ae]_)\\w{20,}'],
    ['nvapi-', '(nvapi-)[\\w-]{20,}'],
    ['gsk_', '(gsk_)\\w{20,}'],
    ['_v1_', '(do[opr]_v1_)[a-f\\d]{32,}'],
    ['shp', '(shp(?:at|ca|pa|ss)_)[a-fA-F\\d]{32}'],
    ['sq', '(sq[pua]_)[a-f\\d]{32,}'],
    ['rubygems_', '(rubygems_)[a-f\\d]{32,}'],
    ['pul-', '(pul-)[a-f\\d]{32,}'],
    ['dapi', '(dapi)[a-f\\d]{32}(?:-\\d)?'],
    ['HRKU-', '(HRKU-)[\\w-]{19,}'],
    ['NR', '(NR(?:AK|AA|II|JS)-)[\\w-]{19,}'],
    ['PMAK-', '(PMAK-)[\\w-]{19,}'],
    ['lin_api_', '(lin_api_)[A-Za-z\\d]{30,}'],
    ['ntn_', '(ntn_)[A-Za-z\\d]{30,}'],
    ['secret_', '(secret_)[A-Za-z\\d]{40,}'],
    ['dp.', '(dp\\.(?:pt|st|ct|sa|scim|audit)\\.)[\\w.-]{30,}'],
    ['pscale_', '(pscale_(?:tkn|pw|oauth)_)[\\w.=-]{30,}'],
    ['sntry', '(sntry[su]_)[\\w+/=]{40,}'],
    ['TT3xFfG', '(AT[AC]TT3xFfG[FN]0)[\\w=-]{20,}'],
    ['ATBB', '(ATBB)[\\w=-]{20,}'],
    ['AKCp', '(AKCp)[A-Za-z\\d]{60,}'],
    ['dt0', '(dt0[a-z]\\d\\d\\.)[A-Z\\d]{24}\\.[A-Z\\d]{60,}'],
    ['oy2', '(oy2)[a-z\\d]{43}(?!\\w)'],
    ['AGE-SECRET-KEY-1', '(AGE-SECRET-KEY-1)[A-Z\\d]{50,}'],
    ['SK', '(SK)[a-f\\d]{32}(?!\\w)'],
    [':AA', '()\\d{8,10}:AA[\\w-]{33}(?!\\w)'],
    ['.', '()[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}(?![\\w-])'],
    ['pat', '(pat)[A-Za-z\\d]{14}\\.[a-f\\d]{64}'],
    ['LTAI', '(LTAI)[A-Za-z\\d]{16,30}(?!\\w)'],
    ['CLOJARS_', '(CLOJARS_)[a-z\\d]{40,}'],
    ['sl.', '(sl\\.)[\\w-]{40,}'],
    ['duffel_', '(duffel_(?:live|test)_)[\\w-]{30,}'],
    ['EZ', '(EZ[AT]K)[A-Za-z\\d]{40,}'],
    ['EAA', '(EAA[ACM])[\\w=-]{30,}'],
    ['FLWSECK', '(FLWSECK(?:_TEST)?-)[a-zA-Z\\d]{12,}'],
    ['fo1_', '(fo1_)[\\w-]{40,}'],
    ['fm', '(fm(?:1[ar]|2)_)[\\w+/=]{40,}'],
    ['fio-u-', '(fio-u-)[\\w=-]{40,}'],
    ['at.', '([ps]at\\.)[\\w-]{20,}\\.[a-f\\d]{20,}\\.\\w{16,}'],
    ['pat-', '(pat-(?:na|eu)\\d-)[a-f\\d-]{36}'],
    ['api_org_', '(api_org_)[A-Za-z]{30,}'],
    ['ico-', '(ico-)[A-Za-z\\d]{32}'],
    ['cmVmdGtu', '(cmVmdGtu)[A-Za-z\\d]{40,}'],
    ['us', '()[a-f\\d]{32}-us\\d{1,2}(?!\\w)'],
    ['key-', '(key-)[a-f\\d]{32}(?!\\w)'],
    ['_mmk', '()\\w{6}_\\w{29}_mmk'],
    ['nfp_', '(nfp_)[A-Za-z\\d]{30,}'],
    ['SSWS', '(SSWS )[\\w-]{30,}'],
    ['sha256~', '(sha256~)[\\w-]{40,}'],
    ['pplx-', '(pplx-)[A-Za-z\\d]{40,}'],
    ['access-', '(access-(?:sandbox|development|production)-)[a-f\\d-]{36}'],
    ['pnu_', '(pnu_)[A-Za-z\\d]{30,}'],
    ['rdme_', '(rdme_)[A-Za-z\\d]{40,}'],
    ['tk-us-', '(tk-us-)[\\w-]{40,}'],
    ['xkeysib-', '(xkeysib-)[\\w-]{40,}'],
    ['sm_', '(sm_(?:aat|pat|sat)_)\\w{16,}'],
    ['shippo_', '(shippo_(?:live|test)_)[a-f\\d]{32,}'],
    ['sgp_', '(sgp_)[a-fA-F\\d_]{40,}'],
    ['sq0', '(sq0(?:atp|csp|idp)-)[\\w-]{20,}'],
    ['tfp_', '(tfp_)[\\w.=-]{40,}'],
    ['AQVN', '(AQVN)[\\w-]{30,}'],
    ['ops_eyJ', '(ops_)eyJ[\\w+/=-]{40,}'],
    ['ddp_', '(ddp_)[A-Za-z\\d]{30,}'],
    ['sb', '(sbp_|sb_secret_)[\\w-]{30,}'],
    ['xai-', '(xai-)[A-Za-z\\d]{40,}'],
    ['r8_', '(r8_)[A-Za-z\\d]{30,}'],
    ['rnd_', '(rnd_)[A-Za-z\\d]{24,}'],
    ['AVNS_', '(AVNS_)[\\w-]{16,}'],
    ['napi_', '(napi_)[a-z\\d]{40,}'],
    ['CFPAT-', '(CFPAT-)[\\w-]{30,}'],
    ['lsv2_', '(lsv2_[ps][tk]_)[a-f\\d_]{30,}'],
    ['ABSK', '(ABSK)[\\w+/=]{60,}'],
    ['FwoGZXIvYXdz', '(FwoGZXIvYXdz)[\\w+/=]{40,}'],
    ['p8e-', '(p8e-)[\\w-]{30,}'],
    ['1//0', '(1//0)[\\w-]{30,}'],
    ['snyk_', '(snyk_(?:uat|sat)\\.)[\\w.-]{20,}'],
    ['vc', '(vc[aikpr]_)[A-Za-z\\d]{24,}'],
    ['ph', '(ph[cx]_)[A-Za-z\\d]{30,}'],
    ['pcsk_', '(pcsk_)[\\w-]{40,}'],
    ['mdb_sa_sk_', '(mdb_sa_sk_)[\\w-]{20,}'],
    ['NRAL', '()[a-f\\d]{36}FFFFNRAL'],
    ['ZXlK', '()ZXlK[\\w+/=-]{60,}'],
  ] as const
).map(([has, form]) => [has, new RegExp(`${EDGE}${form}`, 'g')]);

// A slash as it is, in JSON, in an address within an address.
const S = '(?:\\\\{0,3}/|%2F)';
const REST = '[^\\s"\'<>)…]+';

/** Addresses that are their own password: whoever has one can post. */
const PLACES: readonly string[] = [
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
  // Any path: nothing but hooks lives on that host, and a mistyped word of the path does not make the rest less of a secret.
  `(hooks\\.slack(?:-gov)?\\.com)(${S})${REST}`,
  `(discord(?:app)?\\.com${S}api${S}webhooks)(${S})${REST}`,
  `((?:[\\w-]{1,63}\\.)?webhook\\.office\\.com|outlook\\.office(?:365)?\\.com${S}webhook)(${S})${REST}`,
  `(api\\.telegram\\.org)(${S})(?:file${S})?bot${REST}`,
  `(events\\.(?:eu\\.)?pagerduty\\.com${S}(?:integration|x-ere))(${S})${REST}`,
  `(alert\\.victorops\\.com${S}integrations)(${S})${REST}`,
  `(hc-ping\\.com|webexapis\\.com${S}v1${S}webhooks${S}incoming)(${S})${REST}`,
  `((?:feishu|larksuite)[.a-z]{3,8}${S}open-apis${S}bot${S}v2${S}hook|hooks\\.zapier\\.com${S}hooks${S}catch|maker\\.ifttt\\.com${S}trigger)(${S})${REST}`,
  `(${S}hooks)(${S})[a-z\\d]{26}(?!\\w)`,
];

const PLACE = PLACES.map((form) => new RegExp(form, 'gi'));

const PLACED = /hooks|slack|discord|office|telegram|pagerduty|victorops|hc-ping|webexapis|feishu|lark|zapier|ifttt/i;

/** A text without tokens that are known by their form. */
export function withoutTokens(text: string): string {
  const rest = PLACED.test(text) ? PLACE.reduce((left, place) => left.replace(place, '$1$2***'), text) : text;
  return FORMS.reduce((left, [has, form]) => (left.includes(has) ? left.replace(form, '$1***') : left), rest);
}
