import type { Browser, Frame, Locator } from 'playwright-core';
import { openProfile, toolFrame } from './browser.ts';
import type { School } from './school.ts';

/** One person at the LMS, with Waymark open in the course page's frame. */
export interface Desk {
  frame: Frame;
  /** Opens a page of the product in the frame. */
  open(path: string): Promise<void>;
  /** Clicks, and waits for the page that answers, even when its address is the same. */
  press(control: Locator): Promise<void>;
  /** Presses the button or link of the page whose name begins so. */
  choose(name: string): Promise<void>;
  /** Launches again from the LMS, as on another day. */
  launch(): Promise<void>;
  /** Closes the browser profile; what the console complained about. */
  leave(): Promise<string[]>;
}

/** Signs in at the practice LMS (Canvas) and launches from the advisory course. */
export async function openDesk(browser: Browser, school: School, person: string): Promise<Desk> {
  const { page, context } = await openProfile(browser);
  context.setDefaultTimeout(8_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const to = `/canvas/courses/${school.lms.manners.canvas.course('advisory').id}/tool`;
  const signIn = `${school.lms.url}/canvas/sign-in?as=${person}&to=${encodeURIComponent(to)}`;
  const press = async (control: Locator): Promise<void> => {
    const { frame } = desk;
    await Promise.all([frame.waitForNavigation({ waitUntil: 'load' }), control.click()]);
  };
  const desk: Desk = {
    frame: page.mainFrame(),
    open: async (path) => {
      await desk.frame.goto(school.tool + path);
    },
    press,
    choose: async (name) => {
      const { frame } = desk;
      // Words for screen readers may follow: "Change Goals".
      const starts = new RegExp(`^${name}(?! and )`);
      await press(
        frame
          .locator('main')
          .getByRole('button', { name: starts })
          .or(frame.locator('main').getByRole('link', { name: starts }))
          .first(),
      );
    },
    launch: async () => {
      await page.goto(signIn);
      desk.frame = await toolFrame(page, school.tool);
    },
    leave: async () => {
      await context.close();
      return problems;
    },
  };
  await desk.launch();
  return desk;
}
