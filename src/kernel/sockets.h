/* Lists every TCP socket of the namespace, for the reader of a failure. */
#ifndef TCPCLOSE_KERNEL_SOCKETS_H
#define TCPCLOSE_KERNEL_SOCKETS_H

#include <stdio.h>

/*
 * Prints a line for each socket, also for those without a descriptor: state, ends, queues, timer,
 * and what tcp_info(7) tells about the sending side. When the kernel does not answer, it prints
 * why.
 */
void sockets_print(FILE *out);

#endif
