/* Control messages, cmsg(3): to sendmsg() and from recvmsg(). */
#ifndef TCPCLOSE_RUN_CALL_CONTROL_H
#define TCPCLOSE_RUN_CALL_CONTROL_H

#include "run/live_call.h"

enum { CONTROL_ROOM = 4096 };

/* Writes them into msg_control, which has CONTROL_ROOM bytes, and sets msg_controllen. */
void call_put_control(struct running *run, struct msghdr *message, const struct value *list);

/* Compares them, in order; what claims to be longer than its room is no message. */
bool call_check_control(struct running *run, const struct live_call *call, const struct value *list,
                        struct msghdr *message);

#endif
