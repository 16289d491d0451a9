// The LMS page around a tool: answers the tool's postMessages as this LMS does. `data-storage` says how: Canvas
// ("forwarding") names its sibling frame and answers here too, Schoology ("parent") answers here, Moodle ("none")
// does not answer at all.
const manner = document.body.dataset.storage;
const store = new Map();

const frames = () => [...document.querySelectorAll('iframe[data-tool]')];

// Tools opened in a new tab have this page as their opener; their window is not among the frames.
const opened = [];
for (const link of document.querySelectorAll('a[data-new-tab]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    opened.push(window.open(link.href, '_blank'));
  });
}

function frameOf(source) {
  return frames().find((frame) => frame.contentWindow === source) ?? null;
}

function capabilities() {
  const storage = manner === 'forwarding' ? { frame: 'post_message_forwarding' } : {};
  return {
    supported_messages: [
      { subject: 'lti.capabilities' },
      { subject: 'lti.put_data', ...storage },
      { subject: 'lti.get_data', ...storage },
      { subject: 'lti.frameResize' },
    ],
  };
}

function keep(data, origin) {
  const key = `${origin} ${data.key}`;
  if (typeof data.key !== 'string') return { error: { code: 'bad_request', message: 'key is missing' } };
  if (data.subject === 'lti.put_data') {
    if (data.value === null || data.value === undefined) store.delete(key);
    else store.set(key, String(data.value));
  }
  return { key: data.key, value: store.get(key) ?? null };
}

function resize(data, frame) {
  const height = Number.parseInt(data.height, 10);
  if (!frame || !(height > 0)) return { error: { code: 'bad_request', message: 'height is missing' } };
  frame.style.height = `${Math.min(height, 20000)}px`;
  return {};
}

function answer(data, origin, frame) {
  if (data.subject === 'lti.capabilities') return capabilities();
  if (data.subject === 'lti.put_data' || data.subject === 'lti.get_data') return keep(data, origin);
  if (data.subject === 'lti.frameResize') return resize(data, frame);
  return { error: { code: 'unsupported_subject', message: 'Not supported here' } };
}

function ownMessage(event) {
  if (event.origin !== window.location.origin) return false;
  if (event.data?.subject === 'practice.deepLinkDone') window.location.assign(event.data.back);
  return true;
}

function closeRegistration() {
  const { closed } = document.body.dataset;
  if (closed) window.location.assign(closed);
}

window.addEventListener('message', (event) => {
  if (ownMessage(event)) return;
  const { data, origin, source } = event;
  const frame = frameOf(source);
  if (!data || typeof data.subject !== 'string' || (!frame && !opened.includes(source))) return;
  if (data.subject === 'org.imsglobal.lti.close') return closeRegistration();
  if (manner === 'none' || !data.subject.startsWith('lti.')) return;
  const body = answer(data, origin, frame);
  source.postMessage({ subject: `${data.subject}.response`, message_id: data.message_id, ...body }, origin);
});
