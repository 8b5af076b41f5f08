"""Our own fakes of WeCom's AI bot, DingTalk's stream and robot, and Feishu's long connection and messages.

Real HTTP and WebSockets on loopback, in a thread of their own, driven through the platforms' own libraries. Each keeps
what people would see, refuses what the platform refuses, and can be told to fail. What no well-written bot does is a
complaint. Behaviour follows the platforms' public documentation and their libraries; nobody here has tried the real
services.
"""
