import * as z from 'zod';
import { date, list, number, required, text } from '../fields.ts';

// https://octopus.com/docs/administration/managing-infrastructure/subscriptions; what `Event` holds is printed in
// https://octopus.com/blog/notifications-with-subscriptions-and-webhooks. ServerUri is null unless the server knows its
// public address. The documentation shows Event empty, so that none of its fields is asked for.

const reference = z.object({ ReferencedDocumentId: required, StartIndex: number, Length: number });

export const payload = z.object({
  Timestamp: date,
  EventType: text,
  Payload: z.object({
    ServerUri: text,
    BatchProcessingDate: date,
    Event: z.object({
      Id: text,
      Category: text,
      Occurred: date,
      Username: text,
      Message: text,
      MessageHtml: text,
      MessageReferences: list(reference),
      RelatedDocumentIds: list(required),
      Comments: text,
      Details: text,
      // Of the task behind it, where a server or whoever passes the event on says it: ServerTask of the REST API.
      HasWarningsOrErrors: text,
      SpaceId: text,
    }),
  }),
});

export type Event = z.output<typeof payload>['Payload']['Event'];
