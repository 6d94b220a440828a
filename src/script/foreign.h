/*
 * Words of packetdrill and its relatives that stand for something which tcpclose does not do. It
 * would be the job of program/ to know words, but these are needed here: the scanner must know a
 * foreign protocol to say so, before the grammar stumbles over what follows it.
 */
#ifndef TCPCLOSE_SCRIPT_FOREIGN_H
#define TCPCLOSE_SCRIPT_FOREIGN_H

/*
 * Returns a static text that says why there is no such call, constant, field or protocol; NULL when
 * the word is not known here.
 */
const char *foreign_reason(const char *word);

#endif
