// Addresses the phone knows by itself, and what wakes its worker to send.
export const SESSION = "/distribution/gate/session";
export const TAG = "send-handovers";

export const handoverPage = (number) => `/distribution/consignments/${encodeURIComponent(number)}/handover/`;
