/* Addresses and constants as words of a message: docs/stack-protocol.txt. */
#ifndef TCPCLOSE_STACKS_PROCESS_WORDS_H
#define TCPCLOSE_STACKS_PROCESS_WORDS_H

#include <sys/socket.h>

#include "program/symbols.h"
#include "stacks/stack.h"
#include "wire/address.h"

enum { END_WORDS = IP_ADDRESS_TEXT + 8, SYMBOL_WORDS = 32, OPTION_WORDS = 80, ENDS_WORDS = 256 };

/* "192.0.2.1 8080"; "none 0" for AF_UNSPEC, and for NULL. */
const char *words_of_end(const struct sockaddr *end, socklen_t length, char text[END_WORDS]);

/* The same, read, as accept(2) gives an address; what is no address has a length of 0. */
void words_read_end(char *words, struct sockaddr *end, socklen_t *length);

/* The name of a constant, or its number where it has none. */
const char *words_of_symbol(enum symbol_group group, int number, char text[SYMBOL_WORDS]);

/* "SOL_SOCKET SO_LINGER" */
const char *words_of_option(int level, int option, char text[OPTION_WORDS]);

/* "ipv4 192.168.0.1/16 gateway 192.168.0.2 remote 192.0.2.1" */
const char *words_of_ends(const struct tcpclose_ends *ends, char text[ENDS_WORDS]);

#endif
