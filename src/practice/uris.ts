// The names the LTI specifications give to claims, scopes, roles and media types.
const lti = 'https://purl.imsglobal.org/spec/lti/claim/';
const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim/';
const lis = 'http://purl.imsglobal.org/vocab/lis/v2/';

export const claim = {
  messageType: `${lti}message_type`,
  version: `${lti}version`,
  deploymentId: `${lti}deployment_id`,
  targetLinkUri: `${lti}target_link_uri`,
  resourceLink: `${lti}resource_link`,
  context: `${lti}context`,
  toolPlatform: `${lti}tool_platform`,
  launchPresentation: `${lti}launch_presentation`,
  roles: `${lti}roles`,
  custom: `${lti}custom`,
  lis: `${lti}lis`,
  roleScopeMentor: `${lti}role_scope_mentor`,
  lti1p1: `${lti}lti1p1`,
  legacyUserId: `${lti}lti11_legacy_user_id`,
  notices: `${lti}platformnotificationservice`,
  ext: `${lti}ext`,
  ags: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  nrps: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
  basicOutcome: 'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome',
  deepLinkSettings: `${dl}deep_linking_settings`,
  deepLinkItems: `${dl}content_items`,
  deepLinkData: `${dl}data`,
  deepLinkMessage: `${dl}msg`,
  deepLinkError: `${dl}errormsg`,
  canvasPlacement: 'https://www.instructure.com/placement',
  canvasStudentId: 'https://www.instructure.com/lti_student_id',
} as const;

export const scope = {
  lineItem: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  lineItemRead: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly',
  resultRead: 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
  score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  roster: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
  notices: 'https://purl.imsglobal.org/spec/lti/scope/noticehandlers',
  canvasProgress: 'https://canvas.instructure.com/lti-ags/progress/scope/show',
} as const;

export const role = {
  instructor: `${lis}membership#Instructor`,
  learner: `${lis}membership#Learner`,
  mentor: `${lis}membership#Mentor`,
  administrator: `${lis}membership#Administrator`,
  assistant: `${lis}membership/Instructor#TeachingAssistant`,
  institutionAdministrator: `${lis}institution/person#Administrator`,
  institutionInstructor: `${lis}institution/person#Instructor`,
  institutionStudent: `${lis}institution/person#Student`,
  institutionObserver: `${lis}institution/person#Observer`,
  systemAdministrator: `${lis}system/person#Administrator`,
  systemUser: `${lis}system/person#User`,
  testUser: 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
} as const;

export const media = {
  lineItem: 'application/vnd.ims.lis.v2.lineitem+json',
  lineItems: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
  score: 'application/vnd.ims.lis.v1.score+json',
  results: 'application/vnd.ims.lis.v2.resultcontainer+json',
  roster: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
  json: 'application/json',
} as const;

export const toolConfigurationKey = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
export const platformConfigurationKey = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
