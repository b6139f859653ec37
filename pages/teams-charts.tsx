import type * as Library from 'adaptivecards';
import { render } from 'preact';
import { Chart, chartOfTeams } from './chart.tsx';

// The page loads the library's ready-made script: teams.tsx.
declare const AdaptiveCards: typeof Library;

/** Has the library draw Teams' own charts, which it does not know. The script has to be there first. */
export function prepareCharts(): void {
  for (const type of ['Chart.Line', 'Chart.VerticalBar.Grouped']) {
    AdaptiveCards.GlobalRegistry.elements.register(type, chartElement(type));
  }
}

function chartElement(type: string): new () => Library.CardElement {
  return class extends AdaptiveCards.CardElement {
    #source: Readonly<Record<string, unknown>> = {};

    override getJsonTypeName(): string {
      return type;
    }

    protected override internalParse(source: Record<string, unknown>, context: Library.SerializationContext): void {
      super.internalParse(source, context);
      this.#source = source;
    }

    protected override internalRender(): HTMLElement {
      const place = document.createElement('div');
      render(<Chart chart={chartOfTeams(this.#source)} />, place);
      return place;
    }
  };
}
