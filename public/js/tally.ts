import { all } from './dom.ts';

/**
 * `<form data-tally>`: answers given by radio buttons are summed up at its end. A row `data-tally-row="NAME"`
 * shows the one of its `data-tally="VALUE"` parts that is checked, and the button's words
 * (`data-tally-labels`, JSON: for 0, 1, 2 …) count the answers "change".
 */
export function tally(): void {
  for (const form of all<HTMLFormElement>('form[data-tally]')) {
    form.addEventListener('change', () => count(form));
    // Back from another page: the browser has put the answers back, the sums are the server's.
    addEventListener('pageshow', () => count(form));
  }
}

function count(form: HTMLFormElement): void {
  const answers = new FormData(form);
  for (const row of all('[data-tally-row]', form)) {
    const value = answers.get(row.dataset['tallyRow'] ?? '') ?? 'none';
    for (const part of all('[data-tally]', row)) part.hidden = part.dataset['tally'] !== value;
  }
  const label = form.querySelector<HTMLElement>('[data-tally-labels]');
  const words = JSON.parse(label?.dataset['tallyLabels'] ?? '[]') as string[];
  const changes = all('input[value="change"]:checked', form).length;
  if (label) label.textContent = words[changes] ?? label.textContent;
  // The likelier way to end stands out.
  for (const button of all('[data-tally-when]', form))
    button.classList.toggle('btn-primary', (button.dataset['tallyWhen'] === 'some') === changes > 0);
}
