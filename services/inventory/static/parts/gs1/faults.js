// A scan that cannot be read; `code` is one of DOMAIN 1.4, such as BAD_CHECK_DIGIT.
export class ScanFault extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const refuse = (code) => {
  throw new ScanFault(code);
};
