/** The two messages of one scale-out, shaped as the relay writes them; `said` stands in the places of outside text. */
export const slackPayload = (said: string): object => ({
  text: said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  mrkdwn: false,
  blocks: [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Scaling out', style: { bold: true } },
            { type: 'text', text: ' · ' },
            { type: 'link', url: 'https://portal.azure.com/', text: 'vmss-checkout' },
          ],
        },
      ],
    },
  ],
  attachments: [
    {
      color: '#1D9BD1',
      fallback: said,
      blocks: [
        { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: said }] }] },
        {
          type: 'actions',
          elements: [
            { type: 'button', text: { type: 'plain_text', text: 'Open resource' }, url: 'https://portal.azure.com/' },
          ],
        },
        {
          type: 'context',
          elements: [
            { type: 'plain_text', text: said, emoji: false },
            {
              type: 'mrkdwn',
              verbatim: true,
              text: 'autoscale &amp; more · <!date^1795183509^{date_num} {time}|2026-11-20 14:05 UTC> · `a1b2c3`',
            },
          ],
        },
      ],
    },
  ],
});

export const teamsPayload = (said: string): object => ({
  type: 'message',
  summary: said,
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        type: 'AdaptiveCard',
        version: '1.4',
        fallbackText: said,
        speak: said,
        body: [
          {
            type: 'Container',
            style: 'accent',
            bleed: true,
            items: [{ type: 'TextBlock', text: '📈 Scaling out', style: 'heading', weight: 'Bolder', wrap: true }],
          },
          { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: said }] },
          { type: 'TextBlock', text: said, wrap: true },
          {
            type: 'TextBlock',
            text: '**strong** \\*plain\\* [docs](https://example.com) [no](javascript:void)',
            wrap: true,
          },
          { type: 'TextBlock', size: 'Small', isSubtle: true, text: '{{DATE(2026-11-20T14:05:09Z,SHORT)}}' },
        ],
        actions: [{ type: 'Action.OpenUrl', title: 'Open resource', url: 'https://portal.azure.com/' }],
      },
    },
  ],
});
