import { describe, expect, it } from 'vitest';
import { adminPage, type AdminFacts } from '../../../src/admin/admin.page.ts';
import { FIRST_SETTINGS } from '../../../src/institutions/institution.ts';
import type { Deployment, Platform } from '../../../src/lti/platform.ts';
import { anId, NOW } from '../../support/build.ts';
import { aCourse } from '../courses/fixtures.ts';
import { renderPage, words } from '../views/render.ts';

function aPlatform(overrides: Partial<Platform> = {}): Platform {
  return {
    id: anId(),
    issuer: 'https://canvas.example',
    clientId: '10',
    family: 'canvas',
    name: 'Lakeshore Canvas',
    authorizationEndpoint: 'https://canvas.example/a',
    tokenEndpoint: 'https://canvas.example/t',
    tokenAudience: 'https://canvas.example/t',
    jwksUri: 'https://canvas.example/k',
    origins: ['https://canvas.example'],
    status: 'active',
    invitedBy: anId(),
    createdAt: NOW,
    ...overrides,
  };
}

function aDeployment(overrides: Partial<Deployment> = {}): Deployment {
  return {
    id: anId(),
    platform: anId(),
    deploymentId: '7:abc',
    institution: null,
    status: 'waiting',
    createdAt: NOW,
    ...overrides,
  };
}

function facts(overrides: Partial<AdminFacts> = {}): AdminFacts {
  return {
    school: { ...FIRST_SETTINGS, id: anId(), name: 'Lakeshore', createdAt: NOW },
    typed: null,
    viewer: anId(),
    connections: [],
    courses: [],
    counts: new Map(),
    search: '',
    administrators: [],
    candidates: [],
    names: new Map(),
    invite: null,
    who: '',
    errors: [],
    ...overrides,
  };
}

describe('the connections of a school', () => {
  it('can be approved while they wait, by the school that made them', () => {
    const platform = aPlatform({ status: 'inactive' });
    const items = (isOwn: boolean) =>
      adminPage(words, facts({ connections: [{ platform, isOwn, deployments: [] }] })).connections.items;
    expect(items(true)[0]?.form?.action).toBe(`/admin/platforms/${platform.id}`);
    expect(items(false)[0]?.form).toBeNull();
  });

  it('show a place that waits only with an LMS that is connected', () => {
    const place = aDeployment();
    const formOf = (status: Platform['status']) =>
      adminPage(
        words,
        facts({ connections: [{ platform: aPlatform({ status }), isOwn: true, deployments: [place] }] }),
      ).connections.items[0]?.within[0]?.form?.action;
    expect(formOf('active')).toBe(`/admin/deployments/${place.id}`);
    expect(formOf('inactive')).toBeUndefined();
  });

  it('begin with a link that is shown once', () => {
    const before = renderPage('admin/show', adminPage(words, facts()));
    expect(before).toContain('No LMS is connected yet');
    expect(before).not.toContain('Your registration link');
    const invite = { url: 'https://tool.example/lti/register?invite=abc', expiresAt: NOW };
    const after = renderPage('admin/show', adminPage(words, facts({ invite })));
    expect(after).toContain('value="https://tool.example/lti/register?invite=abc"');
    expect(after).toContain('Works once, until Monday, October 5');
  });
});

describe('an LMS that was registered under its host', () => {
  it.each(['canvas.example', 'Lakeshore'])(
    'or the school alone is called by its product and the school',
    (name) => {
      const platform = aPlatform({ name });
      const page = adminPage(words, facts({ connections: [{ platform, isOwn: true, deployments: [] }] }));
      expect(page.connections.items[0]).toMatchObject({
        title: 'Canvas at Lakeshore',
        sub: 'canvas.example',
      });
    },
  );
});

describe('advisory courses', () => {
  it('are switched one by one', () => {
    const [on, off] = [aCourse({ title: 'Advisory' }), aCourse({ title: 'Biology', advisory: false })];
    const { items } = adminPage(words, facts({ courses: [on, off] })).courses;
    expect(items.map(({ form }) => form?.fields)).toEqual([
      [{ name: 'advisory', value: '0' }],
      [{ name: 'advisory', value: '1' }],
    ]);
  });

  it('are found by name where there are many', () => {
    const courses = Array.from({ length: 20 }, (_, n) => aCourse({ title: `Group ${n}` }));
    const page = adminPage(words, facts({ courses, search: 'group 19' }));
    expect(page.courses.items).toHaveLength(1);
    expect(page.courses.filter?.search?.value).toBe('group 19');
    const none = adminPage(words, facts({ courses, search: 'zebra' }));
    expect(renderPage('admin/show', none)).toContain('No course has this in its name.');
  });
});

describe('administrators', () => {
  it('cannot remove themselves, and can add whom the LMS calls one', () => {
    const [me, other, candidate] = [anId(), anId(), anId()];
    const names = new Map([
      [me, 'Philippa Okonjo'],
      [other, 'Dana White'],
      [candidate, 'Lars Berg'],
    ]);
    const administrators = [
      { person: me, by: 'operator', at: NOW },
      { person: other, by: me, at: NOW },
    ];
    const page = adminPage(words, facts({ viewer: me, administrators, candidates: [candidate], names }));
    expect(page.people.items.map(({ form }) => form?.button.value ?? null)).toEqual([null, 'remove']);
    expect(page.people.items[1]?.sub).toContain('added by Philippa Okonjo');
    expect(page.people.candidates[0]?.form?.button.value).toBe('add');
    expect(renderPage('admin/show', page)).toContain('Lars Berg');
  });

  it('keep what was typed when nobody is found', () => {
    const errors = [{ field: 'who', message: 'Nobody with this ID.' }];
    const html = renderPage('admin/show', adminPage(words, facts({ who: 'x@y.example', errors })));
    expect(html).toContain('value="x@y.example"');
    expect(html).toContain('href="#who"');
  });
});
