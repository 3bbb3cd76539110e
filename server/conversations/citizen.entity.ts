import { defineEntity, p } from '@mikro-orm/core';
import type { ChannelName } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';

/** A person. Known by identities; never keyed on a phone number. */
export const Citizen = defineEntity({
  name: 'Citizen',
  tableName: 'citizen',
  properties: {
    id: p.uuid().primary(),
    name: p.text().nullable(),
    email: p.text().nullable(),
    phone: p.text().nullable(),
    locale: p.text().$type<Locale>(),
    /** Where they like to be reached. */
    preferredChannel: p.text().$type<ChannelName>().nullable(),
    about: p.text().nullable(),
    /** Who they turned out to be. */
    mergedInto: p.uuid().nullable(),
    /** The city forgot them: what is left says nothing of anybody. */
    erasedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** An address on a channel by which a citizen is known. */
export const Identity = defineEntity({
  name: 'Identity',
  tableName: 'identity',
  properties: {
    id: p.uuid().primary(),
    citizenId: p.uuid(),
    channel: p.text().$type<ChannelName>(),
    address: p.text(),
    displayName: p.text().nullable(),
    /** They asked for no more notices here. */
    optedOutAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
