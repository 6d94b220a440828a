/* Control messages, cmsg(3), of sendmsg() and recvmsg(). */
#ifndef TCPCLOSE_RUN_CALL_CONTROL_H
#define TCPCLOSE_RUN_CALL_CONTROL_H

#include "run/live_call.h"

enum { CONTROL_ROOM = 4096 };

/* Writes the messages into msg_control, which has CONTROL_ROOM bytes, and sets msg_controllen. */
void call_put_control(struct running *run, struct msghdr *message, const struct value *list);

/*
 * Compares the messages in their order. One that claims to be longer than its room is not a
 * message.
 */
bool call_check_control(struct running *run, const struct live_call *call, const struct value *list,
                        struct msghdr *message);

#endif
