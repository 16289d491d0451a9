export const lti = {
  'lti.register.title': 'Connect Waymark to your LMS',
  'lti.register.asks': '{host} asks to be connected.',
  'lti.register.next':
    'Continue sends Waymark’s addresses there. Nobody can open Waymark from it until the person who runs Waymark approves the connection.',
  'lti.register.button': 'Continue',
  'lti.register.paste': 'This link is not for a browser. Copy it into the place where your LMS adds a tool:',
  'lti.register.canvas': 'Canvas: Admin, Developer Keys, LTI Registration, Dynamic registration.',
  'lti.register.moodle':
    'Moodle: Site administration, Plugins, External tool, Manage tools. Paste it as the tool URL and choose “Add LTI Advantage”.',
  'lti.register.link': 'Registration link:',
  'lti.register.yourLms': 'Your LMS',
} as const;
