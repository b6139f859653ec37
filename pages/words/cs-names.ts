import type { NameWords } from './words.ts';

export const names: NameWords = {
  views: {
    now: 'Teď',
    history: 'Historie',
    'dead-letters': 'Nedoručené',
    quiet: 'Ztlumení',
    fleet: 'Sady',
    senders: 'Odesílatelé',
    figures: 'Čísla',
  },
  states: {
    sent: 'Odesláno',
    sending: 'Odesílá se',
    waiting: 'Zkusí se znovu',
    parked: 'Čeká',
    dead: 'Vzdáno',
    overtaken: 'Nahrazeno',
    quiet: 'Ztlumeno',
  },
  severities: { critical: 'Kritické', error: 'Chyba', warning: 'Varování', info: 'Informace' },
  receiverStates: { ok: 'V pořádku', held: 'Čeká', waiting: 'Zaneprázdněn', broken: 'Nefunguje' },
  outcomes: { sent: 'přijato', retry: 'zkusit později', refused: 'odmítnuto', broken: 'příjemce nefunguje' },
  reasons: {
    'same-occurrence': 'už oznámeno jiným hlášením téhož',
    'story-ended': 'přišlo až po oznámení konce',
    'failed-too-often': 'při odesílání selhalo úložiště nebo relay skončila',
    'no-such-receiver': 'konfigurace takového příjemce nemá',
    'failing-for-a-day': 'celý den selhaly všechny pokusy',
    'unexpected-answer': 'na jeho adrese odpovídá něco jiného',
    'rate-limited': 'chat požádal o počkání',
    timeout: 'bez odpovědi do 10 s',
    connection: 'nikdo tam neodpovídá',
    unreadable: 'nikdo to neumí přečíst',
    unrecorded: 'bráno jako odeslané: konec nikdo nezapsal',
    'never-begun': 'hostitel to vzdal dřív, než to kdo začal posílat',
  },
};
