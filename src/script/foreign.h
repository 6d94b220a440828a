/*
 * Words of packetdrill and its relatives that stand for something which is not done here. This is
 * vocabulary, as program/ has it, but stands below: the scanner must know a foreign protocol to say
 * why there is none, before the grammar chokes on what follows it.
 */
#ifndef TCPCLOSE_SCRIPT_FOREIGN_H
#define TCPCLOSE_SCRIPT_FOREIGN_H

/*
 * Why there is no such call, constant, field or protocol; NULL when nothing is known of the word.
 */
const char *foreign_reason(const char *word);

#endif
