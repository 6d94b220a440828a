autocmd BufRead,BufNewFile *.pkt setfiletype tcpclose
