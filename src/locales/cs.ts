import type { EventOf } from '../event/event.ts';
import { durationIn } from './duration.ts';
import { measuredIn, numberIn } from './measured.ts';
import type { Messages } from './messages.ts';
import { deployed, given, next, PRODUCTS, place, SEVERITY, unended, watched } from './parts.ts';
import { counted } from './plural.ts';

// Names and numbers stand where the nominative is right, after a colon or a comma: they are not declined.

const number = numberIn('cs');
const instances = counted('cs', { one: 'instance', few: 'instance', many: 'instance', other: 'instancí' });

const DONE = { out: 'Instance přidány', in: 'Instance odebrány' } as const;
const TRIED = { out: 'Přidání instancí', in: 'Odebrání instancí' } as const;

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase } = event;
  const name = event.resource.name + place(event.environment, event.resource.region);
  if (phase === 'started' || phase === 'succeeded') {
    return `${DONE[direction]}: ${name}, ${from === undefined ? '' : `původně ${number(from)}, `}nově ${instances(to)}.`;
  }
  const [result, wanted] = phase === 'failed' ? ['selhalo', 'požadováno'] : ['pozdrženo', 'zvažováno'];
  const numbers =
    from === undefined ? `${wanted}: ${instances(to)}` : `dál běží ${instances(from)}, ${wanted}: ${number(to)}`;
  return `${TRIED[direction]} ${result}: ${name}, ${numbers}.`;
}

const DEPLOYMENT = {
  requested: 'Nasazení vyžádáno',
  waiting: 'Čeká na schválení',
  started: 'Nasazení zahájeno',
  succeeded: 'Nasazení úspěšné',
  failed: 'Nasazení selhalo',
  cancelled: 'Nasazení zrušeno',
  approved: 'Nasazení schváleno',
  rejected: 'Nasazení zamítnuto',
} as const;

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: ', neúspěšný krok: ',
    waiting: ', schvaluje: ',
    approved: ', schválil(a): ',
    rejected: ', zamítl(a): ',
  });
  return `${DEPLOYMENT[phase]}: ${deployed(event)}${place(environment)}${given(', ', version)}${more}.`;
}

const ARTIFACT = {
  pushed: 'Artefakt nahrán',
  deleted: 'Artefakt odstraněn',
  completed: 'Artefakt dokončen',
  revoked: 'Artefakt zneplatněn',
} as const;

function alert(event: EventOf<'alert'>): string {
  const { state, rule, level } = event;
  const measured = cs.measured({ ...event, operator: undefined });
  const head = (state === 'fired' ? cs.state.alertFired : cs.state.alertResolved) + place(level);
  return `${head}: ${rule}${given(', prostředek ', watched(event))}${given(', ', measured)}.`;
}

export const cs: Messages = {
  locale: 'cs',
  sentence: {
    scale,
    deployment,
    artifact: ({ action, name, version }) => `${ARTIFACT[action]}: ${name}${given(' ', version)}.`,
    alert,
    custom: ({ severity, title }) => `${cs.state[SEVERITY[severity]]}: ${unended(title)}.`,
  },
  state: {
    scaledOut: DONE.out,
    scaledIn: DONE.in,
    scalingFailed: 'Škálování selhalo',
    scalingHeld: 'Škálování pozdrženo',
    alertFired: 'Výstraha aktivována',
    alertResolved: 'Výstraha vyřešena',
    notice: 'Oznámení',
    warning: 'Varování',
    error: 'Chyba',
    critical: 'Kritický stav',
  },
  deployment: DEPLOYMENT,
  artifact: ARTIFACT,
  label: {
    approvedBy: 'Schválil(a)',
    branch: 'Větev',
    change: 'Změna',
    commit: 'Commit',
    description: 'Popis',
    digest: 'Digest',
    duration: 'Doba trvání',
    environment: 'Prostředí',
    errorCode: 'Kód chyby',
    expires: 'Platí do',
    failedStep: 'Neúspěšný krok',
    group: 'Skupina prostředků',
    instances: 'Instance',
    lasted: 'Doba trvání',
    message: 'Zpráva',
    metric: 'Metrika',
    output: 'Poslední výstup',
    reason: 'Automatické škálování hlásí',
    region: 'Oblast',
    rejectedBy: 'Zamítl(a)',
    replaces: 'Nahrazuje',
    resource: 'Prostředek',
    setting: 'Nastavení',
    severity: 'Závažnost',
    startedBy: 'Spustil(a)',
    stillRunning: 'Dál běží',
    value: 'Hodnota',
    version: 'Verze',
    waitingFor: 'Schvaluje',
    wanted: 'Požadováno',
  },
  action: {
    alert: 'Otevřít výstrahu',
    changes: 'Změny',
    dashboard: 'Řídicí panel',
    details: 'Podrobnosti',
    logs: 'Zobrazit logy',
    resource: 'Prostředek',
    review: 'Posoudit',
    run: 'Zobrazit běh',
    runbook: 'Runbook',
    scaleHistory: 'Historie',
    silence: 'Ztlumit',
    site: 'Otevřít web',
  },
  actionHint: (title, subject) => `${title}: ${subject}`,
  source: { ...PRODUCTS, 'azure-autoscale': 'Automatické škálování Azure', custom: 'Vlastní událost' },
  instances,
  duration: durationIn('cs'),
  measured: measuredIn('cs', 'práh'),
  level: {
    Sev0: 'Sev0 · Kritická',
    Sev1: 'Sev1 · Chyba',
    Sev2: 'Sev2 · Upozornění',
    Sev3: 'Sev3 · Informativní',
    Sev4: 'Sev4 · Podrobná',
  },
  more: (count) => `… a ještě ${number(count)}`,
};
