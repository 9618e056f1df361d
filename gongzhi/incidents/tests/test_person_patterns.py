"""Reports are about things and places: what points at a person is told apart from what does not."""

from datetime import date

import pytest

from gongzhi.incidents import queries

TODAY = date(2026, 11, 23)

ABOUT_PERSONS = """
举报张伟在家里聚众赌博
投诉王小明，天天偷倒建筑垃圾
我要举报李强长期霸占公共车位
检举村干部陈志华贪污征地款
控告刘洋，男，45岁，诈骗我五万元
举报邻居吸毒
揭发黄某某贩毒
举报对象：欧阳锋
李建国吸毒，住三楼
村民赵铁柱经常赌博，没人管
这个人坐过牢，大家小心
该男子长期家暴他老婆
隔壁的周丽卖淫
怀疑林志强在出租屋贩毒
张某在麻将馆组织赌博
他的电话13812345678，去抓他
对方微信号：wxid_abc123
房东的手机号是13900001111，不退押金
名叫何大勇的微信：hedayong88
投诉物业经理吴斌骂业主
举报我村书记以权谋私
举报一个女子出轨
检举我厂老板偷税漏税
举报：徐静 欠钱不还
我要告发孙晓东组织传销
前夫马超经常打人
举报楼上住户信邪教
身份证441900199001011234的人总来闹事
同事钱程是神经病
郭靖参与放高利贷
举报一下我们小区的郑凯养狗咬人
实名反映罗斌私搭乱建
举报姓名：谭咏，住3栋
""".strip().splitlines()

ABOUT_THINGS = """
胜和路口井盖破了，很危险
路灯不亮，晚上看不见
有人在桥下聚众赌博，影响行人
周边有人吸毒后乱扔针头
出租屋里有人赌博，吵到半夜
投诉邻居半夜装修噪音扰民
投诉楼下餐馆油烟大
投诉王记餐馆占道经营
投诉张氏超市门口堆放杂物
举报黄江的工地夜间施工
举报石排工业区偷排污水
举报常平大道两侧乱倒余泥
投诉高峰期堵车
投诉高空抛物
举报马路边违建
投诉周末广场舞声音太大
万江桥下垃圾成堆
我叫王小明，电话13800000000，请联系我
本人李强反映小区门口路灯坏了
联系人：陈先生，13900000000
我的手机是13812345678，随时可以打
店铺电话0769-22223333，招牌松动
住户张伟反映电梯故障
林村社区公园的路灯坏了
江边栏杆断了
石头挡住了人行道
雷雨后大树倒了压在电线上
高压线下垂，很危险
严重积水，车过不去
许多共享单车堆在盲道上
方便面盒子满地都是
黄色共享单车乱停放
举报非法小广告贴满楼道
举报卖淫小卡片满街都是
投诉工厂夜间排放刺激气味
举报黑网吧让未成年人上网
小区水箱有异味，担心水质
有流浪狗追人，孩子害怕
墙上喷了“办证13800138000”的小广告
电线杆上贴的广告写着微信 abc123456
周日下午洪梅镇河涌有死鱼
钟点房门口污水横流
任何人都可以爬进变电箱
曾经修过一次又坏了
举报某小区消防通道被堵
房东把楼道隔成房间，消防通道堵了
老板把泔水倒进下水道
保安亭旁边的道闸坏了
夏天蚊子多，水沟没人清
马桶搬在路中间
严查占道停车
金属护栏断裂
""".strip().splitlines()


@pytest.mark.parametrize("text", ABOUT_PERSONS)
def test_a_text_that_points_at_a_person_is_turned_away_with_the_lawful_route(text):
    problem = queries.person_problem(text, on=TODAY)

    assert "12388" in problem


@pytest.mark.parametrize("text", ABOUT_THINGS)
def test_a_text_about_things_and_places_passes(text):
    assert queries.person_problem(text, on=TODAY) == ""


def test_before_the_patterns_were_made_only_identity_numbers_count():
    day = date(2020, 1, 1)

    assert queries.person_problem("举报张伟", on=day) == ""
    assert queries.person_problem("身份证441900199001011234", on=day)
