import { beforeAll, describe, expect, test } from 'vitest';
import { renderResidentPage } from '../../channels/chat/page/render-resident-page.ts';
import type { PublicCity } from '../../server/contract/http.ts';
import { sampleCity } from '../support/sample-city.ts';

let city: PublicCity;

beforeAll(async () => {
  const { danger, ...content } = await sampleCity();
  city = {
    ...content,
    emergency: danger.text.emergency,
    open: true,
    opensAt: null,
    webCalls: content.calls.web,
    announcements: [],
  };
});

describe('the resident’s page', () => {
  test('has a link to call only where there is a number', () => {
    expect(renderResidentPage({ ...city, phone: null, webCalls: false }, 'es')).toContain(
      'Todavía no hay un número para llamar',
    );
    expect(renderResidentPage({ ...city, phone: '+52 229 123 4567' }, 'es')).toContain('href="tel:+522291234567"');
  });

  test('says on the city’s clock when a person answers', () => {
    const shut = { ...city, open: false, opensAt: '2031-03-03T14:00:00.000Z' };
    expect(renderResidentPage(shut, 'es')).toContain('una persona, el lunes, 3 de marzo a las 8:00');
    expect(renderResidentPage(shut, 'en')).toContain('a person, on Monday, March 3 at 8:00');
  });

  test('shows whatever the content says as text', () => {
    const script = '"><script>alert(1)</script>';
    const title = { es: script, en: script };
    const hostile = {
      ...city,
      name: script,
      contactName: script,
      phone: script,
      frequent: [{ id: 'x', title }],
      emergency: title,
      privacyNotice: { ...city.privacyNotice, full: title },
    };
    const html = renderResidentPage(hostile, 'es');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('alert(1)</script>');
  });

  test('carries no style and no script of its own, as its security policy demands', () => {
    const html = renderResidentPage(city, 'en');
    expect(html).not.toMatch(/\sstyle=|<style|\son\w+=/);
    expect(html).toContain('<html lang="en">');
  });

  test('says so while its content is a sample', () => {
    expect(renderResidentPage({ ...city, sample: true }, 'es')).toContain('Contenido de muestra');
    expect(renderResidentPage({ ...city, sample: false }, 'es')).not.toContain('Contenido de muestra');
  });
});
