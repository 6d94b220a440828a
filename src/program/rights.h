/*
 * Descriptors in a control message, unix(7): {cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS,
 * cmsg_data=[4, 5]}.
 */
#ifndef TCPCLOSE_PROGRAM_RIGHTS_H
#define TCPCLOSE_PROGRAM_RIGHTS_H

#include "program/program.h"

/*
 * The list of descriptors in {msg_iov=..., msg_control(1)=[...]}: in its first control message that
 * has one. NULL when none has.
 */
const struct value *rights_of_message(const struct value *message);

#endif
