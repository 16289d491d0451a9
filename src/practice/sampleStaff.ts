/** What the sample school's advisor does, by the services behind the advisor's pages. */
import { postOpportunity } from '../experiences/opportunity.service.ts';
import { planMeeting } from '../meetings/meeting.service.ts';
import { instantAt } from '../meetings/schoolTime.ts';
import type { Actor } from '../people/actor.ts';
import type { SampleTime } from './sampleStudent.ts';

/** A talk after school, with agenda filled in from the plan. */
export async function planSampleMeeting(
  staff: Actor,
  student: string,
  inDays: number,
  { zone, dayIn, ago }: SampleTime,
): Promise<void> {
  const startsAt = instantAt(dayIn(inDays), '15:30', zone);
  if (!startsAt) return;
  const attendees = (['student', 'family', 'advisor'] as const).map((role) => ({
    role,
    name: '',
    came: null,
  }));
  await planMeeting(
    staff,
    student,
    { startsAt, minutes: 20, place: 'Room 214', link: '', attendees },
    ago(1),
  );
}

export async function postSampleOpportunities(staff: Actor, { dayIn, ago }: SampleTime): Promise<void> {
  await postOpportunity(
    staff,
    {
      kind: 'shadowing',
      title: 'A day at the water plant',
      organisation: 'Riverbend Water',
      about: 'Follow an operator through a shift: intake, laboratory, control room. Boots are lent.',
      how: 'Tell me by the end of the week which day suits you.',
      from: dayIn(20),
      to: dayIn(34),
      applyBy: dayIn(10),
      cluster: 'energy',
    },
    ago(4),
  );
  await postOpportunity(
    staff,
    {
      kind: 'volunteering',
      title: 'Help at the winter market',
      organisation: 'Riverbend Market Association',
      about: 'Build stalls, sell tickets, count the till. Hours count as service.',
      how: 'Sign the list outside room 214.',
      from: dayIn(15),
      to: dayIn(15),
      applyBy: dayIn(12),
      cluster: 'hospitality',
    },
    ago(8),
  );
}
