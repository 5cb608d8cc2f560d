// Where the warehouse tells the phone who is signed in.
export const SESSION = "/inventory/scan/session";
