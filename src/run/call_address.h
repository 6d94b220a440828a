/* The addresses of calls: what a script leaves open, and what it expects of getpeername(2). */
#ifndef TCPCLOSE_RUN_CALL_ADDRESS_H
#define TCPCLOSE_RUN_CALL_ADDRESS_H

#include <sys/socket.h>

#include "run/live_call.h"

/* Whose address it is, as seen by the process that makes the call. */
enum call_end_point { CALL_OWN, CALL_REMOTE };

/* Writes the address and port that "..." stands for in bind() or connect(). Returns its length. */
socklen_t call_address_put(const struct running *run, const struct live_call *call,
                           enum call_end_point whose, struct sockaddr_storage *storage);

/* Writes {sa_family=..., sin_port=htons(N), sin_addr=...}, with what is right for what is open. */
void call_address_write(const struct running *run, const struct live_call *call,
                        enum call_end_point whose, const struct value *value,
                        struct sockaddr_storage *storage);

/*
 * Compares an address that a call wrote. A port that is left open is compared where it is known.
 * Returns false when the run has failed.
 */
bool call_address_check(struct running *run, const struct live_call *call,
                        enum call_end_point whose, const struct value *value,
                        const struct sockaddr_storage *seen);

#endif
