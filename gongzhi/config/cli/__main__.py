from gongzhi.config.cli import main

main()
