// The tool's answer was taken: the page around the frame goes to the assignments.
const { back, refused } = document.body.dataset;
if (window.parent !== window && refused === '0') {
  window.parent.postMessage({ subject: 'practice.deepLinkDone', back }, window.location.origin);
}
