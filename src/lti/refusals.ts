import { AppError, Forbidden } from '../shared/errors.ts';
import type { Platform } from './platform.ts';

/** The school's connection waits for a person's approval (403); nothing of the launch was kept. */
export class WaitingDeployment extends AppError {
  readonly platform: Platform;
  constructor(platform: Platform, deploymentId: string) {
    super(
      'WaitingDeployment',
      403,
      'Your school’s connection waits for approval.',
      `deployment ${JSON.stringify(deploymentId.slice(0, 80))} of platform ${platform.id} is not approved`,
    );
    this.platform = platform;
  }
}

/** A launch without `sub` (Core 1.3, 5.3.6.1): there is nobody to open a plan for. */
export class AnonymousLaunch extends Forbidden {
  constructor() {
    super(
      'anonymous launch',
      'Your LMS opened this without saying who you are. Ask your administrator to let Waymark see user ids.',
    );
  }
}

/** An unknown or inactive registration (400): we do not guess which one was meant. */
export class UnknownPlatform extends AppError {
  constructor(detail: string) {
    super(
      'UnknownPlatform',
      400,
      'Waymark does not know this LMS. Ask your administrator to connect it.',
      detail,
    );
  }
}
