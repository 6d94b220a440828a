/* Words of packetdrill and its relatives that stand for something which is not done here. */
#ifndef TCPCLOSE_SCRIPT_FOREIGN_H
#define TCPCLOSE_SCRIPT_FOREIGN_H

/*
 * Why there is no such call, constant, field or protocol; NULL when nothing is known of the word.
 */
const char *foreign_reason(const char *word);

#endif
