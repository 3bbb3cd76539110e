import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDnsLookup } from '../../channels/email/authentication/dns-lookup.ts';
import { createSenderCheck, type SenderCheckOptions } from '../../channels/email/authentication/sender-check.ts';
import { senderVerdict } from '../../channels/email/authentication/sender-verdict.ts';
import { type DnsServer, startDnsServer } from '../support/dns-server.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { until } from '../support/until.ts';

let dns: DnsServer;
beforeAll(async () => {
  dns = await startDnsServer();
});
afterAll(() => dns?.stop());

const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

beforeEach(() => {
  dns.silent = false;
  dns.asked.length = 0;
  dns.zone = {
    'key._domainkey.banco.example': { TXT: [`v=DKIM1; k=rsa; p=${publicKey}`] },
    'key._domainkey.malo.example': { TXT: [`v=DKIM1; k=rsa; p=${publicKey}`] },
    'key._domainkey.sinpolitica.example': { TXT: [`v=DKIM1; k=rsa; p=${publicKey}`] },
    '_dmarc.banco.example': { TXT: ['v=DMARC1; p=reject'] },
    'banco.example': { TXT: ['v=spf1 ip4:203.0.113.7 -all'] },
    'malo.example': { TXT: ['v=spf1 ip4:198.51.100.66 -all'] },
    'rebotes.sinpolitica.example': { TXT: ['v=spf1 ip4:203.0.113.9 -all'] },
  };
});

const check = (raw: string | Buffer, trustedServer: string | null = null, options: SenderCheckOptions = {}) =>
  createSenderCheck({ dnsServers: [dns.address], ...options })(Buffer.from(raw), { trustedServer });

interface Written {
  from?: string;
  top?: string[];
  body?: string;
}

const mail = ({ from = 'Rosa <rosa@banco.example>', top = [], body = 'Buenas tardes\r\n' }: Written = {}) =>
  [...top, `From: ${from}`, 'Subject: Bache', 'Message-ID: <1@banco.example>', '', body].join('\r\n');

async function signed(raw: string, domain = 'banco.example', more: { maxBodyLength?: number } = {}): Promise<string> {
  const signature = { signingDomain: domain, selector: 'key', privateKey, ...more };
  const { signatures, errors } = await dkimSign(raw, { ...signature, signatureData: [signature] });
  expect(errors).toEqual([]);
  return signatures + raw;
}

const received = (ip: string, helo = 'mx.banco.example') =>
  `Received: from ${helo} (unknown [${ip}])\r\n by mx.ciudad.example with ESMTPS id 4;\r\n Sat, 21 Nov 2026 10:00:00 +0000`;
const returnPath = (address: string) => `Return-Path: <${address}>`;

describe('a mail that nobody judged before', () => {
  test('is verified when its domain signed it', async () => {
    const found = await check(await signed(mail()));
    expect(found).toEqual({ spf: 'none', dkim: 'pass', dmarc: 'pass', domains: ['banco.example'], source: 'checked' });
    expect(senderVerdict(found)).toBe('verified');
  });

  test('is not what was signed when its text was changed on the way', async () => {
    const found = await check((await signed(mail())).replace('Buenas tardes', 'Manda dinero'));
    expect(found).toMatchObject({ dkim: 'fail', dmarc: 'fail', domains: [] });
    expect(senderVerdict(found)).toBe('failed');
  });

  test('is not vouched for by a signature to which text can be added', async () => {
    const found = await check(`${await signed(mail(), 'banco.example', { maxBodyLength: 4 })}Y algo más\r\n`);
    expect(found).toMatchObject({ dkim: 'policy', dmarc: 'fail', domains: [] });
  });

  test('fails when only another domain signed it', async () => {
    const found = await check(await signed(mail(), 'malo.example'));
    expect(found).toMatchObject({ dkim: 'pass', dmarc: 'fail', domains: [] });
    expect(senderVerdict(found)).toBe('failed');
  });

  test('is verified when it came from a machine of its domain', async () => {
    const top = [returnPath('rosa@banco.example'), received('203.0.113.7')];
    const found = await check(mail({ top }));
    expect(found).toMatchObject({ spf: 'pass', dkim: 'none', dmarc: 'pass', domains: ['banco.example'] });
  });

  test('is judged by the machine that handed it to the city, past the deliveries inside', async () => {
    const inside =
      'Received: from mx.ciudad.example ([127.0.0.1]) by mx.ciudad.example with LMTP id 1; Sat, 21 Nov 2026';
    const forged = received('203.0.113.7');
    const top = [returnPath('rosa@banco.example'), inside, received('198.51.100.66'), forged];
    const found = await check(mail({ top }));
    expect(found).toMatchObject({ spf: 'fail', dmarc: 'fail' });
  });

  test('of a machine that the city’s server does not name is neither verified nor failed', async () => {
    const top = [
      returnPath('rosa@banco.example'),
      'Received: from x by mx.ciudad.example with ESMTP',
      received('203.0.113.7'),
    ];
    const found = await check(mail({ top }));
    expect(found).toMatchObject({ spf: 'temperror', dmarc: 'temperror' });
    expect(senderVerdict(found)).toBe('unknown');
  });

  test.for([
    [
      'Postfix',
      'from helo.example (mx.banco.example [203.0.113.7]) by mx.ciudad.example (Postfix) with ESMTPS',
      'pass',
    ],
    ['Exim', 'from mx.banco.example ([203.0.113.7] helo=[198.51.100.1]) by mx.ciudad.example with esmtps', 'pass'],
    ['Exim, without a name', 'from [203.0.113.7] (helo=mx.banco.example) by mx.ciudad.example with esmtp', 'pass'],
    ['Sendmail', 'from x.example (x.example [203.0.113.7] (may be forged)) by mx.ciudad.example (8.18/8.18)', 'pass'],
    ['a HELO that looks like an address', 'from [203.0.113.7] (unknown [198.51.100.66]) by mx.ciudad.example', 'fail'],
    [
      'a HELO that looks like a comment',
      'from x([203.0.113.7]) (unknown [198.51.100.66]) by mx.ciudad.example',
      'fail',
    ],
    [
      'a HELO that looks like the end',
      'from x([203.0.113.7]);y (unknown [198.51.100.66]) by mx.ciudad.example',
      'fail',
    ],
    ['a HELO that looks like more', 'from x([203.0.113.7])y (unknown [198.51.100.66]) by mx.ciudad.example', 'fail'],
    ['Exim, with a HELO of its own', 'from x ([198.51.100.66]:25 helo=a[203.0.113.7]) by mx.ciudad.example', 'fail'],
    ['a server that believes HELO', 'from [203.0.113.7] by mx.ciudad.example with SMTP', 'temperror'],
    ['IPv6', 'from x.example (x.example [IPv6:2001:db8::66]) by mx.ciudad.example (Postfix) with ESMTPS', 'fail'],
    ['qmail', 'from unknown (HELO mx.banco.example) (203.0.113.7) by mx.ciudad.example with SMTP', 'temperror'],
    [
      'a network that shows all as one',
      'from mx.banco.example (unknown [172.17.0.1]) by mx.ciudad.example',
      'temperror',
    ],
  ])('comes from the machine that %s names', async ([, line, result]) => {
    const top = [returnPath('rosa@banco.example'), `Received: ${line}; Sat, 21 Nov 2026 10:00:00 +0000`];
    expect((await check(mail({ top: [...top, received('203.0.113.7')] }))).spf).toBe(result);
  });

  test('may be told by the server from whom the machine said it was', async () => {
    const line = `${received('203.0.113.7').replace(';', ' (envelope-from <rosa@banco.example>);')}`;
    expect(await check(mail({ top: [line] }))).toMatchObject({ spf: 'pass', dmarc: 'pass' });
  });

  test('whose domain says nothing counts as verified by whoever of its owner vouches, else as unknown', async () => {
    const from = 'Luis <luis@sinpolitica.example>';
    const bySignature = await check(await signed(mail({ from }), 'sinpolitica.example'));
    expect(bySignature).toMatchObject({ dkim: 'pass', dmarc: 'none', domains: ['sinpolitica.example'] });
    expect(senderVerdict(bySignature)).toBe('verified');
    const top = [returnPath('r@rebotes.sinpolitica.example'), received('203.0.113.9')];
    expect(senderVerdict(await check(mail({ from, top })))).toBe('verified');
    expect(senderVerdict(await check(mail({ from })))).toBe('unknown');
    expect(senderVerdict(await check(await signed(mail({ from }), 'malo.example')))).toBe('unknown');
  });

  test('that names two senders, or one twice, is vouched for by nobody', async () => {
    const replayed = `From: Tesorería <jefa@banco.example>\r\n${await signed(mail())}`;
    expect(await check(replayed)).toMatchObject({ dkim: 'pass', dmarc: 'permerror', domains: [] });
    const both = await check(await signed(mail({ from: 'a@banco.example, b@malo.example' })));
    expect(both).toMatchObject({ dkim: 'pass', dmarc: 'permerror' });
  });
});

describe('what the city’s own mail server found', () => {
  const ownResults = (results: string) => `Authentication-Results: mx.ciudad.example;\r\n ${results}`;

  test('is believed, without a question to anybody', async () => {
    const results =
      'dkim=pass (2048-bit key; "a;b") header.d=banco.example header.s=key;\r\n spf=pass smtp.mailfrom=rosa@banco.example;\r\n dmarc=pass (p=REJECT) header.from=banco.example';
    const found = await check(mail({ top: [ownResults(results), received('198.51.100.66')] }), 'MX.ciudad.example');
    expect(found).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'pass', domains: ['banco.example'], source: 'server' });
    expect(dns.asked).toEqual([]);
  });

  test('is believed when it is bad', async () => {
    const results = 'dkim=none; spf=softfail smtp.mailfrom=malo.example; dmarc=fail header.from=banco.example';
    const found = await check(mail({ top: [ownResults(results), received('198.51.100.66')] }), 'mx.ciudad.example');
    expect(found).toEqual({ spf: 'softfail', dkim: 'none', dmarc: 'fail', domains: [], source: 'server' });
    expect(senderVerdict(found)).toBe('failed');
  });

  test('may stand in several headers; what none of them says is looked up', async () => {
    const top = [ownResults('spf=fail smtp.mailfrom=malo.example'), ownResults('dkim=none'), received('198.51.100.66')];
    const found = await check(mail({ top }), 'mx.ciudad.example');
    expect(found).toEqual({ spf: 'fail', dkim: 'none', dmarc: 'fail', domains: [], source: 'server' });
  });

  test('cannot be forged from outside', async () => {
    const forged = ownResults('dkim=pass header.d=banco.example; dmarc=pass header.from=banco.example');
    const top = [returnPath('x@malo.example'), received('198.51.100.66'), forged];
    const found = await check(mail({ top }), 'mx.ciudad.example');
    expect(found).toEqual({ spf: 'pass', dkim: 'none', dmarc: 'fail', domains: [], source: 'checked' });
    const local = 'Received: from localhost (localhost [127.0.0.1]) by mx.ciudad.example with ESMTP; Sat, 21 Nov 2026';
    expect(await check(mail({ top: [local, forged] }), 'mx.ciudad.example')).toMatchObject({ source: 'checked' });
    const ofAnother = forged.replace('mx.ciudad.example', 'mx.malo.example');
    const above = await check(mail({ top: [ofAnother, ...top] }), 'mx.ciudad.example');
    expect(above.source).toBe('checked');
  });

  test('does not hold for another sender than the one that is shown', async () => {
    const results = ownResults('dmarc=pass header.from=malo.example');
    const found = await check(mail({ top: [results, received('198.51.100.66')] }), 'mx.ciudad.example');
    expect(found).toMatchObject({ dmarc: 'permerror', domains: [] });
  });
});

describe('the DNS', () => {
  test('is asked once for what many mails have in common', async () => {
    const checkOne = createSenderCheck({ dnsServers: [dns.address] });
    const raw = Buffer.from(mail());
    await Promise.all(Array.from({ length: 20 }, () => checkOne(raw, { trustedServer: null })));
    expect(dns.asked.toSorted()).toEqual(['TXT _dmarc.banco.example', 'TXT _dmarc.example']);
  });

  test('that does not answer leaves senders unknown, and soon nobody waits for it', async () => {
    dns.silent = true;
    const checkOne = createSenderCheck({ dnsServers: [dns.address], dnsTimeoutMs: 50 });
    const from = (at: number) => Buffer.from(mail({ from: `rosa@vecina${at}.example` }));
    const first = await checkOne(from(0), { trustedServer: null });
    expect(first).toEqual({ spf: 'none', dkim: 'none', dmarc: 'temperror', domains: [], source: 'checked' });
    expect(senderVerdict(first)).toBe('unknown');

    let mails = 0;
    await until(
      async () => {
        const before = dns.asked.length;
        await checkOne(from(++mails), { trustedServer: null });
        return dns.asked.length === before;
      },
      { what: 'mails that nobody asks about' },
    );
    expect(mails).toBeLessThan(20);
  });

  test('may keep silent about a stranger’s domain without the others suffering', async () => {
    const checkOne = createSenderCheck({ dnsServers: [dns.address], dnsTimeoutMs: 300 });
    dns.silent = true;
    const slow = await checkOne(Buffer.from(mail({ from: 'x@lento.example' })), { trustedServer: null });
    expect(slow.dmarc).toBe('temperror');
    dns.silent = false;
    const found = await checkOne(Buffer.from(mail()), { trustedServer: null });
    expect(found.dmarc).toBe('fail');
  });
});

describe('a sender', () => {
  const slow = { dnsTimeoutMs: 300 };
  test('gains nothing by domains of their own that nobody can look up', async () => {
    const checkOne = createSenderCheck({ dnsServers: [dns.address], ...slow });
    const known = Buffer.from(mail());
    expect((await checkOne(known, { trustedServer: null })).dmarc).toBe('fail');
    dns.silent = true;
    const top = [returnPath('x@callado.example'), received('198.51.100.66')];
    const forged = Buffer.from(await signed(mail({ top }), 'callado.example'));
    const found = await checkOne(forged, { trustedServer: null });
    expect(found).toMatchObject({ spf: 'temperror', dkim: 'temperror', dmarc: 'fail' });
  });

  test('does not suffer when their own domain cannot be looked up now', async () => {
    const checkOne = createSenderCheck({ dnsServers: [dns.address], ...slow });
    await checkOne(Buffer.from(mail()), { trustedServer: null });
    dns.silent = true;
    const found = await checkOne(Buffer.from(await signed(mail())), { trustedServer: null });
    expect(found).toMatchObject({ dkim: 'temperror', dmarc: 'temperror' });
  });

  test('is not vouched for by a check that failed, whoever made it', async () => {
    const results = 'Authentication-Results: mx.ciudad.example; spf=fail smtp.mailfrom=banco.example; dkim=none';
    const found = await check(mail({ top: [results, received('198.51.100.66')] }), 'mx.ciudad.example');
    expect(found).toMatchObject({ spf: 'fail', dmarc: 'fail', domains: [], source: 'server' });
  });
});

describe('an answer of the DNS', () => {
  test('is kept for five minutes, a failure for one', async () => {
    let now = 0;
    const lookup = createDnsLookup({ servers: [dns.address], timeoutMs: 300, now: () => now });
    const times = () => dns.asked.filter((question) => question === 'TXT banco.example').length;
    await lookup('Banco.example', 'TXT');
    now += 299_000;
    expect(await lookup('banco.example', 'TXT')).toEqual([['v=spf1 ip4:203.0.113.7 -all']]);
    expect(times()).toBe(1);
    now += 2_000;
    dns.silent = true;
    await expect(lookup('banco.example', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(times()).toBe(2);
    dns.silent = false;
    now += 59_000;
    await expect(lookup('banco.example', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(times()).toBe(2);
    now += 2_000;
    await lookup('banco.example', 'TXT');
    expect(times()).toBe(3);
  });

  test('is asked for again once a server is back', async () => {
    let now = 0;
    let names = 0;
    const lookup = createDnsLookup({ servers: [dns.address], timeoutMs: 300, now: () => now });
    const ask = () => lookup(`n${++names}.example`, 'TXT').catch(({ code }: NodeJS.ErrnoException) => code);
    dns.silent = true;
    const unasked = async () => {
      const before = dns.asked.length;
      await ask();
      return dns.asked.length === before;
    };
    await until(unasked, { what: 'questions that nobody waits for' });
    dns.silent = false;
    expect(await ask()).toBe('ETIMEOUT');
    now += 10_000;
    expect(await until(async () => (await ask()) === 'ENOTFOUND', { what: 'answers' })).toBe(true);
  });
});

describe('bad input', () => {
  test('of ten megabytes is checked within the time there is', async () => {
    const line = `${'Se cayó el árbol de la esquina. '.repeat(2)}\r\n`;
    const raw = await signed(mail({ body: line.repeat((10 * 1024 * 1024) / Buffer.byteLength(line)) }));
    expect(await check(raw, null, { limitMs: 30_000 })).toMatchObject({ dkim: 'pass', dmarc: 'pass' });
    const hurried = await check(raw, null, { limitMs: 1 });
    expect(hurried).toMatchObject({ dkim: 'temperror', dmarc: 'temperror' });
  });

  test('with more signatures than a mail can have costs nothing', async () => {
    const signature = 'DKIM-Signature: v=1; a=rsa-sha256; d=malo.example; s=key; h=from; bh=x; b=x';
    const found = await check(mail({ top: Array.from({ length: 2_000 }, () => signature) }));
    expect(found).toMatchObject({ dkim: 'permerror', dmarc: 'fail' });
    expect(dns.asked.filter((question) => question.includes('_domainkey'))).toEqual([]);
  });

  test('with a head made to be slow is not looked at', async () => {
    const found = await check(await signed(mail({ top: [`X-Long: y${'\r\n z'.repeat(20_000)}`] })));
    expect(found).toMatchObject({ dkim: 'permerror', dmarc: 'fail' });
  });

  test('of any kind gives an answer', async () => {
    const random = seededRandom(7);
    const whole = await signed(
      mail({
        top: [
          'Authentication-Results: mx.ciudad.example; spf=pass',
          returnPath('a@b.example'),
          received('203.0.113.7'),
        ],
      }),
    );
    const mutated = Array.from({ length: 300 }, () => {
      const bytes = Buffer.from(whole);
      for (let times = 0; times < 20; times++) bytes[random.below(bytes.length)] = random.below(256);
      return bytes.subarray(0, random.below(bytes.length));
    });
    const strange = [
      '',
      '\0\0\0',
      '\r\n\r\nHola',
      'x'.repeat(300_000),
      'From: \r\nFrom: ;;;@\r\n\r\n',
      'DKIM-Signature: \r\n\r\n',
    ];
    const warnings: object[] = [];
    const checkOne = createSenderCheck({
      dnsServers: [dns.address],
      log: { warn: (details) => warnings.push(details) },
    });
    for (const raw of [...strange.map((text) => Buffer.from(text)), ...mutated]) {
      expect(await checkOne(raw, { trustedServer: 'mx.ciudad.example' })).toHaveProperty('dmarc');
    }
    expect(warnings).toEqual([]);
  });
});
