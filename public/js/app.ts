import { autosave } from './autosave.ts';
import { autosubmit } from './autosubmit.ts';
import { closeRegistration } from './close.ts';
import { focusProblem } from './errorFocus.ts';
import { reportHeight } from './frame.ts';
import { sendOnce } from './once.ts';
import { refresh } from './refresh.ts';
import { reveal } from './reveal.ts';
import { platformStorage } from './storage.ts';
import { swap } from './swap.ts';
import { tally } from './tally.ts';

/**
 * The one script of every page. Each behaviour finds its own elements by a data attribute, and every page
 * works without any of them.
 */
sendOnce();
autosave();
swap();
tally();
reveal();
focusProblem();
reportHeight();
closeRegistration();
platformStorage();
autosubmit();
refresh();
