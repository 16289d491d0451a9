/** What the LMS itself costs: the same requests in the plainest loops, with a token at hand and nothing done with the answers. */

/** Follows a roster's pages. @returns how many members */
export async function bareRoster({ url, token }: { url: string; token: string }): Promise<number> {
  let members = 0;
  for (let next: string | undefined = url; next;) {
    const accept = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';
    const answer: Response = await fetch(next, { headers: { authorization: `Bearer ${token}`, accept } });
    if (!answer.ok) throw new Error(`the roster answered ${answer.status}`);
    members += ((await answer.json()) as { members: unknown[] }).members.length;
    next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return members;
}

export interface BareScores {
  /** Address scores are posted to. */
  url: string;
  token: string;
  users: string[];
  atOnce: number;
}

/** Posts a score for each user, so many at once. */
export async function bareScores({ url, token, users, atOnce }: BareScores): Promise<void> {
  let next = 0;
  const line = async (): Promise<void> => {
    for (let user = users[next++]; user !== undefined; user = users[next++]) await post(url, token, user);
  };
  await Promise.all(Array.from({ length: atOnce }, line));
}

async function post(url: string, token: string, userId: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.ims.lis.v1.score+json' },
    body: JSON.stringify({
      userId,
      scoreGiven: 50,
      scoreMaximum: 100,
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      timestamp: new Date().toISOString(),
    }),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`a score was answered with ${answer.status}`);
}
