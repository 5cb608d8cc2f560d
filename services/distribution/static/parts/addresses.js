// Where distribution tells the phone who is signed in, and what wakes its worker to send.
export const SESSION = "/distribution/gate/session";
export const TAG = "send-handovers";
