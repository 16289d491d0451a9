/** How many people a course has, as its page counts them. */
export interface MemberCounts {
  students: number;
  teachers: number;
  observers: number;
}
