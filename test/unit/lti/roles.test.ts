import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../src/lti/roles.ts';

const LIS = 'http://purl.imsglobal.org/vocab/lis/v2';

describe('what the roles of a launch make of a person', () => {
  it.each([
    [[`${LIS}/membership#Learner`], 'student'],
    [[`${LIS}/membership#Instructor`], 'teacher'],
    [[`${LIS}/membership#Mentor`], 'mentor'],
    [[`${LIS}/membership#Administrator`], 'administrator'],
    [[`${LIS}/membership/Instructor#TeachingAssistant`, `${LIS}/membership#Instructor`], 'assistant'],
    [[`${LIS}/membership/Instructor#Grader`], 'teacher'],
    [[`${LIS}/membership/Learner#NonCreditLearner`], 'student'],
    [[`${LIS}/membership/Mentor#Advisor`], 'mentor'],
    [['Instructor'], 'teacher'],
    [['learner'], 'student'],
    [['TeachingAssistant'], 'assistant'],
    [['urn:lti:role:ims/lis/Learner'], 'student'],
    [['urn:lti:role:ims/lis/Instructor/GuestInstructor'], 'teacher'],
    [[`${LIS}/membership#Learner`, `${LIS}/membership#Instructor`], 'teacher'],
    [[`${LIS}/membership#Mentor`, `${LIS}/membership#Learner`], 'student'],
  ] as const)('%j: %s', (roles, role) => {
    expect(meaningOf(roles).role).toBe(role);
  });

  it.each([
    [],
    [''],
    ['#'],
    ['#Instructor'],
    ['Observer'],
    ['Staff'],
    ['constructor'],
    ['__proto__'],
    [`${LIS}/membership`],
    [`${LIS}/membership#`],
    [`${LIS}/membership#Manager`],
    [`${LIS}/membership#ContentDeveloper`],
    [`${LIS}/membership/Manager#Instructor`],
    [`${LIS}/membership#Instructor#Learner`],
    [`${LIS}/membership#Instructor `],
    [`${LIS}/institution/person#Instructor`],
    [`${LIS}/institution/person#Student`],
    [`${LIS}/institution/person#Administrator`],
    [`${LIS}/system/person#Administrator`],
    [`${LIS}/person#Instructor`],
    ['urn:lti:instrole:ims/lis/Instructor'],
    ['urn:lti:sysrole:ims/lis/Administrator'],
    ['https://purl.imsglobal.org.evil.example/vocab/lis/v2/membership#Instructor'],
    [`https://evil.example/?${LIS}/membership#Instructor`],
    [`x${LIS}/membership#Instructor`],
  ])('%j: no rights', (...roles) => {
    expect(meaningOf(roles).role).toBe('other');
  });

  it('an LMS administrator is only offered the right', () => {
    expect(meaningOf([`${LIS}/institution/person#Administrator`])).toMatchObject({
      role: 'other',
      offersAdministrator: true,
    });
    expect(meaningOf([`${LIS}/membership#Learner`])).toMatchObject({ offersAdministrator: false });
    expect(meaningOf(['https://evil.example/person#Administrator'])).toMatchObject({
      offersAdministrator: false,
    });
  });

  it('the test user of Student View is told, in the spelling of the specification and of Canvas', () => {
    for (const name of ['TestUser', 'testUser', 'testuser'])
      expect(meaningOf([`http://purl.imsglobal.org/vocab/lti/system/person#${name}`]).testUser).toBe(true);
    expect(meaningOf(['TestUser', 'http://evil.example/#TestUser']).testUser).toBe(false);
  });

  it('no list of made-up roles makes anybody staff', () => {
    const madeUp = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true }));
    const known = /^(instructor|teachingassistant|learner|mentor|administrator)$/i;
    fc.assert(
      fc.property(fc.array(madeUp.filter((role) => !known.test(role))), (roles) => {
        expect(meaningOf(roles)).toEqual({ role: 'other', testUser: false, offersAdministrator: false });
      }),
      { numRuns: 1_000 },
    );
  });
});
