/** A small model that reads text in several languages and follows instructions; it is offered if there is none. */
export const FIRST_MODEL = { name: 'gemma3:4b', gigabytes: 3.3 };
