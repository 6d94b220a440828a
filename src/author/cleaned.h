/* What is wrong with a capture, but does not matter for a script: it is put right. */
#ifndef TCPCLOSE_AUTHOR_CLEANED_H
#define TCPCLOSE_AUTHOR_CLEANED_H

#include "author/conversation.h"

/*
 * Where most packets are there more than once, one of each is left, and talk->copies says how many
 * were not. Where the clock of the capture was set back, it goes on from there.
 */
void conversation_clean(struct conversation *talk);

#endif
