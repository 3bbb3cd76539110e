interface Planted {
  rule: string;
  /** The first file breaks the rule; the others are what it needs. */
  files: Record<string, string>;
}

const importOf = (name: string) => `import '${name}';\n`;
const empty = 'export {};\n';

/** One breach of each rule of .dependency-cruiser.cjs, in a tree that is laid out as this repository. */
export const planted: Planted[] = [
  {
    rule: 'contract-imports-zod-only',
    files: { 'server/contract/message.ts': importOf('node:crypto') },
  },
  {
    rule: 'channel-imports-contract-only',
    files: {
      'channels/sms/channel.ts': importOf('../../server/conversations/folio.ts'),
      'server/conversations/folio.ts': empty,
    },
  },
  {
    rule: 'channel-imports-no-sibling',
    files: { 'channels/sms/decode.ts': importOf('../voice/greeting.ts'), 'channels/voice/greeting.ts': empty },
  },
  {
    rule: 'wire-imports-no-channel',
    files: { 'channels/meta/sign.ts': importOf('../sms/text.ts'), 'channels/sms/text.ts': empty },
  },
  { rule: 'twilio-only-in-its-channels', files: { 'channels/email/call.ts': importOf('twilio') } },
  { rule: 'nodemailer-only-in-its-channels', files: { 'server/delivery/mail.ts': importOf('nodemailer') } },
  { rule: 'imapflow-only-in-its-channels', files: { 'channels/chat/inbox.ts': importOf('imapflow') } },
  { rule: 'mailparser-only-in-its-channels', files: { 'server/ingest/parse.ts': importOf('mailparser') } },
  { rule: 'mailauth-only-in-its-channels', files: { 'server/ingest/trust.ts': importOf('mailauth') } },
  { rule: 'sanitize-html-only-in-its-channels', files: { 'server/http/clean.ts': importOf('sanitize-html') } },
  { rule: 'htmlparser2-only-in-its-channels', files: { 'channels/chat/markup.ts': importOf('htmlparser2') } },
  { rule: 'domhandler-only-in-its-channels', files: { 'server/delivery/walk.ts': importOf('domhandler') } },
  { rule: 'iconv-lite-only-in-its-channels', files: { 'server/ingest/bytes.ts': importOf('iconv-lite') } },
  {
    rule: 'maplibre-only-where-maps-are-drawn',
    files: { 'agent-console/src/components/case/CaseMap.ts': importOf('maplibre-gl') },
  },
  {
    rule: 'map-imports-contract-only',
    files: { 'map/draw.ts': importOf('../server/places/draw.ts'), 'server/places/draw.ts': empty },
  },
  {
    rule: 'softphone-imports-contract-only',
    files: { 'softphone/ring.ts': importOf('../server/calls/ring.ts'), 'server/calls/ring.ts': empty },
  },
  {
    rule: 'bots-import-contract-only',
    files: { 'bots/dialogs/menu.ts': importOf('../../server/cases/case.ts'), 'server/cases/case.ts': empty },
  },
  {
    rule: 'bot-commands-import-the-city-only',
    files: { 'bots/ask.ts': importOf('../server/delivery/deliver.ts'), 'server/delivery/deliver.ts': empty },
  },
  { rule: 'bots-use-no-package-but-botbuilder', files: { 'bots/answers/search.ts': importOf('pg') } },
  {
    rule: 'openai-only-in-its-clients',
    files: {
      'bots/speech/listen.ts': importOf('openai'),
      'bots/speech/open-ai-speech.ts': importOf('openai'),
      'bots/language-model/open-ai.ts': importOf('openai'),
    },
  },
  { rule: 'botbuilder-only-in-its-adapter', files: { 'bots/dialogs/greeting.ts': importOf('botbuilder') } },
  {
    rule: 'domain-imports-no-transport',
    files: { 'server/routing/offer.ts': importOf('../realtime/rooms.ts'), 'server/realtime/rooms.ts': empty },
  },
  { rule: 'bullmq-only-in-jobs', files: { 'server/delivery/enqueue.ts': importOf('bullmq') } },
  {
    rule: 'only-main-imports-channels-and-bots',
    files: {
      'server/ingest/arrive.ts': importOf('../../channels/voice/ring.ts'),
      'channels/voice/ring.ts': empty,
      'server/main.ts': importOf('../channels/voice/ring.ts'),
    },
  },
  {
    rule: 'console-imports-contract-only',
    files: {
      'agent-console/src/AppShell.vue': '<script setup lang="ts">\nimport \'../../server/http/app.ts\';\n</script>\n',
      'server/http/app.ts': empty,
    },
  },
  {
    rule: 'widget-imports-contract-only',
    files: { 'channels/chat/widget/widget.ts': importOf('../channel.ts'), 'channels/chat/channel.ts': empty },
  },
  {
    rule: 'reckoning-knows-no-figure',
    files: {
      'server/sample-day/reckoning/reckon.ts': importOf('../../reports/fold-contact.ts'),
      'server/reports/fold-contact.ts': empty,
    },
  },
  {
    rule: 'no-test-in-the-product',
    files: { 'server/clock.ts': importOf('../tests/support/until.ts'), 'tests/support/until.ts': empty },
  },
  {
    rule: 'no-development-package-in-the-product',
    files: {
      'server/reports/figures.ts': importOf('fast-check'),
      'package.json': '{ "type": "module", "devDependencies": { "fast-check": "*" } }\n',
      'node_modules/fast-check/package.json': '{ "name": "fast-check", "version": "1.0.0", "main": "index.js" }\n',
      'node_modules/fast-check/index.js': '',
    },
  },
  {
    rule: 'no-cycles',
    files: {
      'server/files/read.ts': importOf('./write.ts'),
      'server/files/write.ts': importOf('./read.ts'),
    },
  },
];
