/** Who may import whom. Each rule here has a planted violation in tests/architecture that proves it bites. */

/** A package by its name, whether it is installed or not. */
const packages = (...names) => `(^|/node_modules/|^node_modules/)(${names.join('|')})(/|$)`;

/** The libraries of the providers, and the channels that may speak to them. */
const sdkOwners = {
  twilio: 'twilio|voice|simulator',
  nodemailer: 'email|simulator',
  imapflow: 'email|simulator',
  mailparser: 'email|simulator',
  mailauth: 'email|simulator',
  'sanitize-html': 'email',
  htmlparser2: 'email',
  domhandler: 'email',
  'iconv-lite': 'email',
};

const sdks = packages(...Object.keys(sdkOwners));
const botbuilder = packages('botbuilder[^/]*');
const transports = packages('bullmq', 'ioredis', 'fastify', '@fastify', '@bull-board', 'socket\\.io[^/]*');

const forbidden = [
  {
    name: 'contract-imports-zod-only',
    comment: 'The contract is shared by server, console, widget, channels and bots: it must run anywhere.',
    from: { path: '^server/contract/' },
    to: { pathNot: ['^server/contract/', packages('zod')] },
  },
  {
    name: 'channel-imports-contract-only',
    comment: 'A channel knows the contract and its provider, so that it can be replaced or removed alone.',
    from: { path: '^channels/' },
    to: { path: ['^server/(?!contract/)', '^(bots|agent-console|cities|tests)/'] },
  },
  {
    name: 'channel-imports-no-sibling',
    comment: 'What two channels of one provider share is the wire to it: channels/twilio, channels/meta.',
    from: { path: '^channels/([^/]+)/', pathNot: '^channels/(twilio|meta)/' },
    to: { path: '^channels/', pathNot: ['^channels/$1/', '^channels/(twilio|meta)/'] },
  },
  {
    name: 'wire-imports-no-channel',
    from: { path: '^channels/(twilio|meta)/' },
    to: { path: '^channels/', pathNot: '^channels/$1/' },
  },
  ...Object.entries(sdkOwners).map(([name, owners]) => ({
    name: `${name}-only-in-its-channels`,
    from: { pathNot: [`^channels/(${owners})/`, '^tests/'] },
    to: { path: packages(name, `@types/${name}`) },
  })),
  {
    name: 'bots-import-contract-only',
    from: { path: '^bots/', pathNot: '^bots/(ask|evaluate)\\.ts$' },
    to: { path: ['^server/(?!contract/)', '^(channels|agent-console|cities|tests)/'] },
  },
  {
    name: 'bot-commands-import-the-city-only',
    comment: 'What is run by hand brings the bot and a city with its places together, without a server or a database.',
    from: { path: '^bots/(ask|evaluate)\\.ts$' },
    to: {
      path: ['^server/(?!(contract|city|places)/|cases/no-cases\\.ts$)', '^(channels|agent-console|cities|tests)/'],
    },
  },
  {
    name: 'bots-use-no-package-but-botbuilder',
    from: { path: '^bots/' },
    to: { dependencyTypesNot: ['local', 'core'], pathNot: [botbuilder, packages('zod', 'openai')] },
  },
  {
    name: 'openai-only-in-its-clients',
    comment: 'What a language model says is checked in one place before anybody reads it; what it hears, in another.',
    from: { pathNot: ['^bots/(language-model/open-ai|speech/open-ai-speech)\\.ts$', '^tests/'] },
    to: { path: packages('openai') },
  },
  {
    name: 'botbuilder-only-in-its-adapter',
    comment:
      'The SDK is at its end of life: its adapter and the host of the dialogs, and one for the wire, are what to replace.',
    from: {
      path: '^(server|bots|channels|agent-console)/',
      pathNot: ['^bots/(botbuilder-adapter|dialogs/dialog-host)\\.ts$', '^channels/botframework/'],
    },
    to: { path: botbuilder },
  },
  {
    name: 'domain-imports-no-transport',
    comment: 'What a conversation, a case or a queue is does not depend on how requests, jobs or messages travel.',
    from: { path: '^server/(conversations|cases|routing|calls)/' },
    to: { path: ['^server/(jobs|http|realtime)/', transports, botbuilder, sdks] },
  },
  {
    name: 'bullmq-only-in-jobs',
    from: { path: '^(server|bots|channels|agent-console)/', pathNot: '^server/jobs/' },
    to: { path: packages('bullmq') },
  },
  {
    name: 'only-main-imports-channels-and-bots',
    comment: 'The server speaks to ports; the composition root plugs in what is behind them.',
    from: { path: '^server/', pathNot: '^server/(main|doctor|simulate)\\.ts$' },
    to: { path: '^(channels|bots)/' },
  },
  {
    name: 'console-imports-contract-only',
    from: { path: '^agent-console/' },
    to: { path: ['^server/(?!contract/)', '^(channels|bots|cities|tests)/'] },
  },
  {
    name: 'widget-imports-contract-only',
    from: { path: '^channels/chat/widget/' },
    to: { path: '^channels/(?!chat/widget/)' },
  },
  {
    name: 'maplibre-only-where-maps-are-drawn',
    comment:
      'It weighs ten times a screen: loaded when a map is opened, by the one module that draws it. Types are free.',
    from: { path: '^(server|bots|channels|agent-console)/' },
    to: { path: packages('maplibre-gl'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'map-imports-contract-only',
    from: { path: '^map/' },
    to: { path: ['^server/(?!contract/)', '^(channels|bots|agent-console|cities|tests)/'] },
  },
  {
    name: 'softphone-imports-contract-only',
    comment: 'It holds calls in a browser, for the console, the widget and the simulator alike.',
    from: { path: '^softphone/' },
    to: { path: ['^server/(?!contract/)', '^(channels|bots|agent-console|cities|tests)/'] },
  },
  {
    name: 'reckoning-knows-no-figure',
    comment: 'What is reckoned to check reports and board shares no step with them.',
    from: { path: '^server/sample-day/reckoning/' },
    to: { path: '^server/(reports|board|routing|city)/' },
  },
  {
    name: 'no-test-in-the-product',
    from: { path: '^(server|bots|channels|agent-console|map|softphone)/' },
    to: { path: '^tests/' },
  },
  {
    name: 'no-development-package-in-the-product',
    comment: 'The container installs without them. A type disappears before it runs.',
    from: { path: '^(server|bots|channels|agent-console)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packages('@types') },
  },
  { name: 'no-cycles', from: {}, to: { circular: true } },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
